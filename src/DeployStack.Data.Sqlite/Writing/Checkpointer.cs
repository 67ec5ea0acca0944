using DeployStack.Data.Sqlite.Handles;
using DeployStack.Data.Sqlite.Interop;

namespace DeployStack.Data.Sqlite.Writing;

/// <summary>Moves the write-ahead log into the database file: PASSIVE by size between groups, TRUNCATE when idle and at
/// close. SQLite's own automatic checkpoint is off, because its failures are silent.</summary>
internal sealed class Checkpointer(SqliteHandle handle, SqliteSettings settings, Action endIdleSnapshots, Action<CheckpointResult> report)
{
    private const int LargeLogFactor = 8; // from here on the log is cut down, not only copied

    private uint _tried;

    /// <summary>Checkpoints if the log has grown by the configured number of pages since the last try.</summary>
    public void AfterGroup()
    {
        if (handle.Wal is not { } wal)
        {
            return;
        }

        var frames = wal.Frames;
        if (frames < _tried)
        {
            _tried = 0; // the log was restarted
        }

        if (frames - _tried >= settings.CheckpointPages && wal.Backfilled < frames)
        {
            _tried = frames;
            var large = frames >= (long)settings.CheckpointPages * LargeLogFactor;
            Run(large ? Sqlite3.CheckpointTruncate : Sqlite3.CheckpointPassive);
        }
    }

    /// <summary>Empties the log if there is anything in it.</summary>
    public void WhenIdle()
    {
        if (handle.Wal is { Frames: > 0 })
        {
            Run(Sqlite3.CheckpointTruncate);
        }
    }

    /// <summary>Runs one checkpoint and reports SQLite's result row.</summary>
    public CheckpointResult Run(int mode)
    {
        // A snapshot that an idle reader keeps would hold the log back.
        endIdleSnapshots();
        _ = Sqlite3.BusyTimeout(handle.Db, 0); // a reader in the way is a reason to try later, not to hold the writer
        int code;
        int log;
        int copied;
        unsafe
        {
            fixed (byte* main = "main"u8)
            {
                code = Sqlite3.WalCheckpoint(handle.Db, main, mode, out log, out copied);
            }
        }

        var failure = NativeFailure.Read(handle.Db);
        _ = Sqlite3.BusyTimeout(handle.Db, Transaction.SliceMilliseconds); // always SQLITE_OK
        var blocked = (code & 0xff) == Sqlite3.Busy;
        var result = new CheckpointResult(
            mode == Sqlite3.CheckpointTruncate,
            blocked,
            log,
            copied,
            code == Sqlite3.Ok || blocked ? null : handle.Error(failure, null));
        if (!blocked && result.Error is null && mode == Sqlite3.CheckpointTruncate)
        {
            _tried = 0;
        }

        report(result);
        return result;
    }
}
