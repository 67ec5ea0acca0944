using System.Diagnostics;
using DeployStack.Data.Sqlite.Handles;
using DeployStack.Data.Sqlite.Interop;

namespace DeployStack.Data.Sqlite.Writing;

/// <summary>Watches that the open file is still the file at its path: a write to a file that was moved or replaced would
/// succeed, into nowhere.</summary>
internal sealed class FilePlace(SqliteHandle handle, SqliteSettings settings)
{
    private static readonly long _interval = Stopwatch.Frequency / 2; // one stat in half a second

    private long _checked;

    /// <summary>Looks again if the last look is old.</summary>
    /// <returns>The error that stops writes, or <see langword="null"/>.</returns>
    public unsafe DatabaseException? Check()
    {
        var now = Stopwatch.GetTimestamp();
        if (settings.IsMemory || now - _checked < _interval)
        {
            return null;
        }

        _checked = now;
        var moved = 0;
        fixed (byte* main = "main"u8)
        {
            if (Sqlite3.FileControl(handle.Db, main, Sqlite3.ControlHasMoved, &moved) != Sqlite3.Ok || moved == 0)
            {
                return null;
            }
        }

        return new(
            DatabaseErrorKind.Moved,
            $"The database file is no longer at '{settings.Path}': it was moved, replaced or deleted while it was open. What this process reads is still the old content. Put the file back, then call ISqliteEngine.ReopenAsync, or restart.");
    }
}
