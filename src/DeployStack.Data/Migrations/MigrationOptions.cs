namespace DeployStack.Data.Migrations;

/// <summary>Where the migrations of one database come from and how they are run.</summary>
public sealed class MigrationOptions
{
    /// <summary>Folders, assemblies and scripts, whose migrations form one ordered set. Empty by default. The same source
    /// given twice counts once.</summary>
    public IList<MigrationSource> Sources { get; } = [];

    /// <summary>How long one migration may take, the wait for the write lock included; past it the migration is undone
    /// and fails. <see langword="null"/> (the default) leaves the wait to the database's acquire timeout and the running
    /// unlimited. Must be positive.</summary>
    public TimeSpan? Deadline { get; set; }

    /// <summary>What stands before the identities, with its slash (<c>settings/</c>): features that own tables have
    /// histories of their own in the one table. Empty for the application.</summary>
    internal string Stream { get; init; } = string.Empty;
}
