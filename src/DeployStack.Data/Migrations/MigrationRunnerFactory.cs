using DeployStack.Data.Migrations.Running;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace DeployStack.Data.Migrations;

/// <summary>Makes a runner where there is no container: in tests, in tools.</summary>
public static class MigrationRunnerFactory
{
    /// <summary>Makes a runner for a database; nothing is read yet.</summary>
    /// <param name="database">The database to migrate; it stays the caller's.</param>
    /// <param name="options">The sources; not changed afterwards.</param>
    /// <param name="time">The clock of the history; <see langword="null"/> for the system's.</param>
    /// <param name="logger">Where log events go; <see langword="null"/> for nowhere.</param>
    public static IMigrationRunner Create(IDeployStackDatabase database, MigrationOptions options, TimeProvider? time = null, ILogger? logger = null)
    {
        ArgumentNullException.ThrowIfNull(database);
        ArgumentNullException.ThrowIfNull(options);
        return new MigrationRunner(database, options, time ?? TimeProvider.System, logger ?? NullLogger.Instance);
    }
}
