using Microsoft.Extensions.Logging;

namespace DeployStack.Data.Migrations.Running;

/// <summary>The numbered events of migrations: 3000 to 3999.</summary>
internal static partial class MigrationLog
{
    [LoggerMessage(EventId = 3000, EventName = "MigrationApplied", Level = LogLevel.Information, Message = "{Operation}: {Identity} {Name} applied in {ElapsedMilliseconds} ms, {Statements} statements")]
    public static partial void Applied(ILogger logger, string operation, string identity, string name, double elapsedMilliseconds, int statements);

    [LoggerMessage(EventId = 3001, EventName = "MigrationsCurrent", Level = LogLevel.Debug, Message = "{Operation}: nothing is pending, {Count} migrations are applied")]
    public static partial void Current(ILogger logger, string operation, int count);

    [LoggerMessage(EventId = 3002, EventName = "MigrationAppliedElsewhere", Level = LogLevel.Information, Message = "{Operation}: another process applied {Identity} at the same time; going on")]
    public static partial void AppliedElsewhere(ILogger logger, string operation, string identity);

    [LoggerMessage(EventId = 3003, EventName = "MigrationsMissing", Level = LogLevel.Warning, Message = "{Operation}: the database has {Count} migrations that this application does not know ({Identities}); a newer version may have applied them")]
    public static partial void Missing(ILogger logger, string operation, int count, string identities);
}
