using Microsoft.Extensions.Logging;

namespace DeployStack.Data.Migrations.Rehearsal;

/// <summary>The events of rehearsals and validations: 3050 to 3059.</summary>
internal static partial class RehearsalLog
{
    [LoggerMessage(EventId = 3050, EventName = "MigrationsRehearsed", Level = LogLevel.Information, Message = "{Operation}: {Count} of {Pending} pending migrations ran on a copy, passed: {Passed}, in {ElapsedMilliseconds} ms")]
    public static partial void Rehearsed(ILogger logger, string operation, int count, int pending, bool passed, double elapsedMilliseconds);

    [LoggerMessage(EventId = 3051, EventName = "SchemaDrifted", Level = LogLevel.Warning, Message = "{Operation}: the schema differs from what the applied migrations make in {Count} objects ({Objects})")]
    public static partial void Drifted(ILogger logger, string operation, int count, string objects);
}
