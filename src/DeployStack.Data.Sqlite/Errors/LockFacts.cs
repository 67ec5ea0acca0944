namespace DeployStack.Data.Sqlite.Errors;

/// <summary>SQLITE_BUSY, SQLITE_PROTOCOL and SQLITE_LOCKED.</summary>
internal static class LockFacts
{
    private const int Recovery = 261;
    private const int Snapshot = 517;

    public static ErrorFacts Busy(int extended, in ErrorContext context) => extended switch
    {
        Snapshot => new(
            DatabaseErrorKind.Busy,
            "The snapshot is stale (SQLITE_BUSY_SNAPSHOT): the transaction had read, another connection committed, and then the transaction tried to write. Waiting cannot help",
            "Roll back and run the whole transaction again, begun with BEGIN IMMEDIATE (BeginTransaction() without deferred), or use WriteAsync, which never meets this.")
        {
            Kept = "Nothing was written.",
        },
        Recovery => new(
            DatabaseErrorKind.Busy,
            $"Another process is recovering the write-ahead log of {context.Database} and did not finish within BusyTimeout",
            "Run the unit again; if it persists, find that process, or raise BusyTimeout.")
        {
            Kept = "Nothing was written.",
        },
        _ => new(
            DatabaseErrorKind.Busy,
            $"Another connection held the lock of {context.Database} for longer than BusyTimeout",
            "Run the whole unit again; if it persists, find the other process or connection, or raise BusyTimeout.")
        {
            Kept = "Nothing was written.",
        },
    };

    public static ErrorFacts Locked(in ErrorContext context) => new(
        DatabaseErrorKind.Locked,
        $"A statement of the same connection is still reading what this one changes in {context.Database}: a reader is still open",
        "Read it to its end or dispose it first; repeating the unit does not help.");
}
