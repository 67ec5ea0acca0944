namespace DeployStack.Data;

/// <summary>On whose behalf a statement runs, where that is not the host: a plugin, which reaches its own tables only.</summary>
/// <remarks>The library alone makes one. Code of an application cannot become a principal, and code that is given a
/// confined database cannot stop being one.</remarks>
public sealed record Principal
{
    internal Principal(string id, bool mayChangeSchema)
    {
        Id = id;
        MayChangeSchema = mayChangeSchema;
    }

    /// <summary>The id of the plugin: ASCII letters, digits, <c>-</c> and <c>_</c>.</summary>
    public string Id { get; }

    /// <summary>What the name of everything begins with that the principal owns, in any case: <see cref="Id"/> and an
    /// underscore.</summary>
    public string Prefix => Id + "_";

    /// <summary>Whether the statement belongs to a migration of the plugin: only there it may create, change and drop what
    /// it owns.</summary>
    public bool MayChangeSchema { get; }
}
