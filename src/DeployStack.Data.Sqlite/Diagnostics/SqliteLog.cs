using Microsoft.Extensions.Logging;

namespace DeployStack.Data.Sqlite.Diagnostics;

/// <summary>The numbered events of the SQLite engine: 2000 to 2099.</summary>
internal static partial class SqliteLog
{
    /// <summary>The operation of the events around opening.</summary>
    public const string Open = "sqlite_open";

    [LoggerMessage(EventId = 2001, EventName = "SqliteOpened", Level = LogLevel.Information, Message = "{Operation}: opened '{Path}' with SQLite {Version}, journal mode {JournalMode}")]
    public static partial void Opened(ILogger logger, string operation, string path, string version, string journalMode);

    [LoggerMessage(EventId = 2002, EventName = "OpenToOthers", Level = LogLevel.Warning, Message = "{Operation}: other users may read or write the database {Path} ({Rights}); chmod 600 closes it")]
    public static partial void OpenToOthers(ILogger logger, string operation, string path, string rights);

    [LoggerMessage(EventId = 2003, EventName = "ForeignOwner", Level = LogLevel.Warning, Message = "{Operation}: the database {Path} belongs to uid {Owner}, and this process runs as uid {User}")]
    public static partial void ForeignOwner(ILogger logger, string operation, string path, uint owner, uint user);

    [LoggerMessage(EventId = 2004, EventName = "NetworkFileSystem", Level = LogLevel.Warning, Message = "{Operation}: the database {Path} is on a network file system ({FileSystem}): one process on one machine only, with a rollback journal")]
    public static partial void NetworkFileSystem(ILogger logger, string operation, string path, string fileSystem);

    [LoggerMessage(EventId = 2005, EventName = "UserSpaceFileSystem", Level = LogLevel.Warning, Message = "{Operation}: the database {Path} is on a file system in user space ({FileSystem}): whether locks and shared memory work there depends on its maker")]
    public static partial void UserSpaceFileSystem(ILogger logger, string operation, string path, string fileSystem);

    [LoggerMessage(EventId = 2006, EventName = "VolatileFileSystem", Level = LogLevel.Warning, Message = "{Operation}: the database {Path} is not on a volume ({FileSystem}): it is lost with the container or the machine's memory")]
    public static partial void VolatileFileSystem(ILogger logger, string operation, string path, string fileSystem);

    [LoggerMessage(EventId = 2007, EventName = "UnsafeVersion", Level = LogLevel.Warning, Message = "{Operation}: SQLite {Version} has the WAL-reset bug, which can lose committed writes of {Path}; AllowUnsafeSqliteVersion lets it run")]
    public static partial void UnsafeVersion(ILogger logger, string operation, string version, string path);

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

    [LoggerMessage(EventId = 2016, EventName = "SqliteCopiesLeftOver", Level = LogLevel.Warning, Message = "{Operation}: deleted {Count} copies of {Path} that a process which died had left behind")]
    public static partial void CopiesLeftOver(ILogger logger, string operation, int count, string path);
}
