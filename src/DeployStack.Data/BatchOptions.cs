namespace DeployStack.Data;

/// <summary>How one batch is to run.</summary>
public sealed record BatchOptions : UnitOptions
{
    /// <summary>How durable the commit must be when the task completes; <see langword="null"/> (the default) takes the
    /// database's own setting.</summary>
    public Durability? Durability { get; init; }

    /// <summary>Switches foreign-key enforcement off for this batch, outside its transaction, and on again after it.
    /// Needs <see cref="DatabaseCapabilities.ForeignKeysOff"/>. Such a batch runs alone. Default <see langword="false"/>.</summary>
    public bool ForeignKeysOff { get; init; }

    /// <summary>Overwrites with zeros what this batch deletes and replaces, and empties the write-ahead log after its commit,
    /// as soon as no reader needs it: nothing of it is left in the files, but perhaps on the medium. Needs
    /// <see cref="DatabaseCapabilities.SecureDelete"/>. Such a batch runs alone. Default <see langword="false"/>.
    /// https://www.sqlite.org/pragma.html#pragma_secure_delete</summary>
    public bool SecureDelete { get; init; }
}
