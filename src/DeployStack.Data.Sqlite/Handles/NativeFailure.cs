using DeployStack.Data.Sqlite.Interop;

namespace DeployStack.Data.Sqlite.Handles;

/// <summary>What SQLite said of a failed call, read before another call changes it.</summary>
internal readonly record struct NativeFailure(int Extended, string Text, bool InTransaction)
{
    public int Primary => Extended & 0xff;

    /// <summary>Whether COMMIT was refused for a writing statement of the same connection that is not finished; waiting
    /// cannot help, although the code is SQLITE_BUSY.</summary>
    public bool IsOwnStatement => Primary == Sqlite3.Busy && Text.Contains("SQL statements in progress", StringComparison.Ordinal);

    public static unsafe NativeFailure Read(nint db) => new(
        Sqlite3.ExtendedErrorCode(db),
        Sqlite3.ToText(Sqlite3.ErrorMessage(db)),
        Sqlite3.GetAutocommit(db) == 0);
}
