using DeployStack.Data.Sqlite.Files;

namespace DeployStack.Data.Sqlite.Errors;

/// <summary>SQLITE_IOERR and SQLITE_FULL.</summary>
internal static class StorageFacts
{
    private const int Sync = 1034;
    private const int NoMemory = 3082;
    private const int JournalVanished = 5898;
    private const int Checksum = 8202;

    // https://www.sqlite.org/rescode.html, the part behind SQLITE_IOERR_
    private static readonly Dictionary<int, string> _operations = new()
    {
        [266] = "read", [522] = "read in full", [778] = "write", [1034] = "sync", [1290] = "sync the folder of",
        [1546] = "truncate", [1802] = "ask the size of", [2058] = "unlock", [2314] = "lock", [2570] = "delete a file of",
        [3338] = "check the access to", [3594] = "check the lock of", [3850] = "lock", [4106] = "close",
        [4618] = "open the shared memory of", [4874] = "resize the shared memory of", [5130] = "lock the shared memory of",
        [5386] = "map the shared memory of", [5642] = "seek in", [6154] = "map", [8458] = "trust the file system of",
    };

    public static ErrorFacts Io(int extended, in ErrorContext context) => extended switch
    {
        NoMemory => new(DatabaseErrorKind.OutOfMemory, "SQLite ran out of memory during input or output", "Give the process more memory."),
        JournalVanished => new(
            DatabaseErrorKind.Tampered,
            $"The rollback journal of {context.Database} vanished during the transaction (SQLITE_IOERR_DELETE_NOENT): another process deleted it, or wrote without SQLite's locks",
            "Stop what touches the database's files, reopen, run PRAGMA integrity_check, and read back what was written.")
        {
            Kept = "Whether the transaction was kept is unknown.",
            OutcomeUnknown = true,
            Retry = false,
        },
        Checksum => ContentFacts.Corrupt(extended, string.Empty, context),
        Sync when IsCommit(context) => new(
            DatabaseErrorKind.StorageIo,
            $"The storage failed to sync the COMMIT of {context.Database} (SQLITE_IOERR_FSYNC)",
            "Read it back by its key before repeating it, and check the disk.")
        {
            Kept = "The transaction may or may not be in the database after a crash; earlier ones are kept.",
            OutcomeUnknown = true,
            Retry = false,
        },
        _ => new(
            DatabaseErrorKind.StorageIo,
            $"The storage failed to {_operations.GetValueOrDefault(extended, "work on")} {context.Database} (SQLite result code 10, extended {extended})",
            "Check the disk and its mount; a unit that fails twice will go on failing."),
    };

    public static ErrorFacts Full(in ErrorContext context)
    {
        var free = context.HasFile ? FileProbe.FreeBytes(context.Path!) : null;
        return new(
            DatabaseErrorKind.DiskFull,
            free is { } bytes
                ? $"The disk of {context.Database} is full, or the database has reached max_page_count ({bytes:N0} bytes are free there)"
                : $"There is no room left: the disk of {context.Database} is full, or it has reached max_page_count",
            "Make room, or raise MaxPageCount, then run the unit again.");
    }

    private static bool IsCommit(in ErrorContext context)
        => context.Sql is { } sql && (sql.StartsWith("COMMIT", StringComparison.OrdinalIgnoreCase) || sql.StartsWith("END", StringComparison.OrdinalIgnoreCase));
}
