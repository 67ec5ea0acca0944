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

    [LoggerMessage(EventId = 3003, EventName = "MigrationsMissing", Level = LogLevel.Warning, Message = "{Operation}: the database has {Count} migrations that this application does not have ({Identities})")]
    public static partial void Missing(ILogger logger, string operation, int count, string identities);

    [LoggerMessage(EventId = 3004, EventName = "MigrationsSuperseded", Level = LogLevel.Warning, Message = "{Operation}: a newer version of the application applied {Count} migrations ({Identities})")]
    public static partial void Superseded(ILogger logger, string operation, int count, string identities);

    [LoggerMessage(EventId = 3005, EventName = "MigrationsLate", Level = LogLevel.Warning, Message = "{Operation}: {Count} migrations are older than the newest that is applied, and are not applied ({Identities})")]
    public static partial void Late(ILogger logger, string operation, int count, string identities);

    [LoggerMessage(EventId = 3006, EventName = "MigrationsReformatted", Level = LogLevel.Information, Message = "{Operation}: comments or white space of {Count} applied migrations were changed, which changes nothing ({Identities})")]
    public static partial void Reformatted(ILogger logger, string operation, int count, string identities);

    [LoggerMessage(EventId = 3007, EventName = "MigrationsAdopted", Level = LogLevel.Information, Message = "{Operation}: {Count} migrations that another tool applied were taken over")]
    public static partial void Adopted(ILogger logger, string operation, int count);

    [LoggerMessage(EventId = 3008, EventName = "MigrationsBaseline", Level = LogLevel.Warning, Message = "{Operation}: {Count} migrations up to {Identity} were marked as applied without being executed")]
    public static partial void Baseline(ILogger logger, string operation, int count, string identity);

    [LoggerMessage(EventId = 3009, EventName = "MigrationHistoryRepaired", Level = LogLevel.Warning, Message = "{Operation}: the history took the text of {Accepted} migrations as it is now and lost {Removed} rows")]
    public static partial void Repaired(ILogger logger, string operation, int accepted, int removed);

    [LoggerMessage(EventId = 3010, EventName = "MigrationsPending", Level = LogLevel.Information, Message = "{Operation}: {Count} migrations are pending, from {First} to {Last}")]
    public static partial void Pending(ILogger logger, string operation, int count, string first, string last);
}
