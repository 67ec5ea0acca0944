using Microsoft.Extensions.Logging;

namespace DeployStack.Data.Sqlite.Diagnostics;

/// <summary>The numbered events of the SQLite engine: 2000 to 2099.</summary>
internal static partial class SqliteLog
{
    [LoggerMessage(EventId = 2010, EventName = "UnitAwaits", Level = LogLevel.Warning, Message = "operation=sqlite_write: the unit '{Label}' awaits something other than its session while it holds the writer; units of this label run alone from now on. Do the awaiting before WriteAsync.")]
    public static partial void UnitAwaits(ILogger logger, string label);

    [LoggerMessage(EventId = 2011, EventName = "WriterFault", Level = LogLevel.Critical, Message = "operation=sqlite_write: the writer met an unexpected exception; the units of the group failed and were rolled back")]
    public static partial void WriterFault(ILogger logger, Exception exception);

    [LoggerMessage(EventId = 2012, EventName = "CheckpointFailed", Level = LogLevel.Error, Message = "operation=sqlite_checkpoint: a checkpoint failed with {Kind}; nothing is lost, the log keeps growing until one succeeds")]
    public static partial void CheckpointFailed(ILogger logger, DatabaseErrorKind kind, Exception exception);

    [LoggerMessage(EventId = 2013, EventName = "WritesStopped", Level = LogLevel.Critical, Message = "operation=sqlite_write: writes are stopped, {Kind}")]
    public static partial void WritesStopped(ILogger logger, DatabaseErrorKind kind, Exception exception);
}
