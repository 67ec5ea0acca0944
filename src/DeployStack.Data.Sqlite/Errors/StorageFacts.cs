using DeployStack.Data.Sqlite.Files;

namespace DeployStack.Data.Sqlite.Errors;

/// <summary>SQLITE_IOERR and SQLITE_FULL.</summary>
internal static class StorageFacts
{
    private const int Sync = 1034;
    private const int DirectorySync = 1290; // after the rollback journal was deleted, which is the commit
    private const int NoMemory = 3082;
    private const int JournalVanished = 5898;
    private const int Checksum = 8202;

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
        Sync or DirectorySync when IsCommit(context) => new(
            DatabaseErrorKind.StorageIo,
            $"The storage failed to sync the COMMIT of {context.Database} ({(extended == Sync ? "SQLITE_IOERR_FSYNC" : "SQLITE_IOERR_DIR_FSYNC")})",
            "Read it back by its key before repeating it, and check the disk.")
        {
            Kept = "The transaction may or may not be in the database after a crash; earlier ones are kept.",
            OutcomeUnknown = true,
            Retry = false,
        },
        _ => new(
            DatabaseErrorKind.StorageIo,
            $"The storage failed to {Operation(extended)} {context.Database} (SQLite result code 10, extended {extended})",
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

    // https://www.sqlite.org/rescode.html, the part behind SQLITE_IOERR_
    private static string Operation(int extended) => (extended >> 8) switch
    {
        1 => "read",
        2 => "read in full",
        3 => "write",
        4 => "sync",
        5 => "sync the folder of",
        6 => "truncate",
        7 => "tell the size of",
        8 => "unlock",
        9 or 14 or 15 => "lock",
        10 => "delete a file of",
        13 => "tell the rights of",
        16 => "close",
        18 or 19 or 20 or 21 => "share memory for",
        22 => "seek in",
        24 => "map",
        33 => "keep the file system sound under",
        _ => "work on",
    };

    private static bool IsCommit(in ErrorContext context)
        => context.Sql is { } sql && (sql.StartsWith("COMMIT", StringComparison.OrdinalIgnoreCase) || sql.StartsWith("END", StringComparison.OrdinalIgnoreCase));
}
