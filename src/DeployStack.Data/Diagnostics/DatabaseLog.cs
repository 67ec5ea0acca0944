using Microsoft.Extensions.Logging;

namespace DeployStack.Data.Diagnostics;

/// <summary>The numbered events of statements and units: 1000 to 1099. SQL text appears at Debug only.</summary>
internal static partial class DatabaseLog
{
    [LoggerMessage(EventId = 1000, EventName = "Query", Level = LogLevel.Debug, Message = "{Operation}: {Rows} rows in {ElapsedMilliseconds} ms, label {Label}: {Sql}")]
    public static partial void Query(ILogger logger, string operation, long rows, double elapsedMilliseconds, string? label, string sql);

    [LoggerMessage(EventId = 1001, EventName = "SlowQuery", Level = LogLevel.Warning, Message = "{Operation}: {ElapsedMilliseconds} ms, {Rows} rows, label {Label}")]
    public static partial void SlowQuery(ILogger logger, string operation, double elapsedMilliseconds, long rows, string? label);

    [LoggerMessage(EventId = 1002, EventName = "AfterCommitFailed", Level = LogLevel.Error, Message = "{Operation}: an action registered with AfterCommit threw; the unit {Label} is committed all the same")]
    public static partial void AfterCommitFailed(ILogger logger, string operation, string? label, Exception exception);

    [LoggerMessage(EventId = 1003, EventName = "Rerun", Level = LogLevel.Information, Message = "{Operation}: attempt {Attempt} failed with {Kind}, which a repetition can cure; running again, label {Label}")]
    public static partial void Rerun(ILogger logger, string operation, int attempt, DatabaseErrorKind kind, string? label);

    [LoggerMessage(EventId = 1004, EventName = "QueryParameters", Level = LogLevel.Debug, Message = "{Operation}: parameters {Parameters}")]
    public static partial void QueryParameters(ILogger logger, string operation, string parameters);
}
