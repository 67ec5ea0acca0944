using DeployStack.Data.Diagnostics;

namespace DeployStack.Data.Hosting;

/// <summary>What a health check of a database looks at. Read once, when the check is registered.</summary>
public sealed class DatabaseHealthOptions
{
    /// <summary>The key of the database's services. Default empty: the default database.</summary>
    public string Database { get; set; } = string.Empty;

    /// <summary>Whether a write is tried. Default <see langword="true"/>. Switch it off for a database that is opened to
    /// be read only.</summary>
    public bool Writes { get; set; } = true;

    /// <summary>What a database is that lacks migrations of the application. Default <see cref="DatabaseHealth.Degraded"/>:
    /// what needs them fails, the rest works. Ignored where no migrations are registered.</summary>
    public DatabaseHealth PendingMigrations { get; set; } = DatabaseHealth.Degraded;
}
