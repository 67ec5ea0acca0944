using Microsoft.Extensions.Logging;

namespace DeployStack.Data.Migrations.Lint;

/// <summary>The numbered events of the lint: 3040 to 3049.</summary>
internal static partial class LintLog
{
    [LoggerMessage(EventId = 3040, EventName = "MigrationLintFinding", Level = LogLevel.Warning, Message = "{Operation}: {Code} in {Origin}, line {Line}: {Finding}")]
    public static partial void Found(ILogger logger, string operation, string code, string origin, int line, string finding);
}
