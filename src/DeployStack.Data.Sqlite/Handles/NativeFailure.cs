using DeployStack.Data.Sqlite.Interop;

namespace DeployStack.Data.Sqlite.Handles;

/// <summary>What SQLite said of a failed call, read before another call changes it.</summary>
internal readonly record struct NativeFailure(int Extended, string Text, bool InTransaction)
{
    public int Primary => Extended & 0xff;

    public static unsafe NativeFailure Read(nint db) => new(
        Sqlite3.ExtendedErrorCode(db),
        Sqlite3.ToText(Sqlite3.ErrorMessage(db)),
        Sqlite3.GetAutocommit(db) == 0);
}
