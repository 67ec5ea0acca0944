using Microsoft.Extensions.Logging;

namespace DeployStack.Data.Sqlite.Diagnostics;

/// <summary>The numbered events of the SQLite engine: 2000 to 2099.</summary>
internal static partial class SqliteLog
{
    [LoggerMessage(EventId = 2001, EventName = "SqliteOpened", Level = LogLevel.Information, Message = "{Operation}: opened '{Path}' with SQLite {Version}, journal mode {JournalMode}")]
    public static partial void Opened(ILogger logger, string operation, string path, string version, string journalMode);

    [LoggerMessage(EventId = 2010, EventName = "UnitAwaits", Level = LogLevel.Warning, Message = "{Operation}: the unit '{Label}' awaits something other than its session while it holds the writer; units of this label run alone from now on. Do the awaiting before WriteAsync.")]
    public static partial void UnitAwaits(ILogger logger, string operation, string label);

    [LoggerMessage(EventId = 2011, EventName = "WriterFault", Level = LogLevel.Critical, Message = "{Operation}: the writer met an unexpected exception; the units of the group failed and were rolled back")]
    public static partial void WriterFault(ILogger logger, string operation, Exception exception);

    [LoggerMessage(EventId = 2012, EventName = "CheckpointFailed", Level = LogLevel.Error, Message = "{Operation}: a checkpoint failed with {Kind}; nothing is lost, the log keeps growing until one succeeds")]
    public static partial void CheckpointFailed(ILogger logger, string operation, DatabaseErrorKind kind, Exception exception);

    [LoggerMessage(EventId = 2013, EventName = "WritesStopped", Level = LogLevel.Critical, Message = "{Operation}: writes are stopped, {Kind}")]
    public static partial void WritesStopped(ILogger logger, string operation, DatabaseErrorKind kind, Exception exception);

    [LoggerMessage(EventId = 2015, EventName = "RestoreFailed", Level = LogLevel.Error, Message = "{Operation}: a connection could not be brought back to its settings after a unit of work; it is closed and replaced")]
    public static partial void RestoreFailed(ILogger logger, string operation, Exception exception);

    [LoggerMessage(EventId = 2014, EventName = "SettingNotInForce", Level = LogLevel.Warning, Message = "{Operation}: on the {Connection}, {Setting} was set to {Asked} and SQLite answers {Got}")]
    public static partial void SettingNotInForce(ILogger logger, string operation, string connection, string setting, string asked, string got);
}
