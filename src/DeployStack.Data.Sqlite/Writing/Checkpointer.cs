using System.Diagnostics;
using DeployStack.Data.Sqlite.Handles;
using DeployStack.Data.Sqlite.Interop;

namespace DeployStack.Data.Sqlite.Writing;

/// <summary>Moves the write-ahead log into the database file: PASSIVE by size between groups, TRUNCATE when idle and at
/// close. SQLite's own automatic checkpoint is off, because its failures are silent.</summary>
internal sealed class Checkpointer(SqliteHandle handle, SqliteSettings settings, Action<bool> makeWay, LongReads longReads, Action<CheckpointResult> report)
{
    private const int LargeLogFactor = 8; // from here on the log is cut down, not only copied
    private const int PatienceMilliseconds = 100;

    private uint _tried;
    private long _patientAgain;
    private long _large = (long)settings.CheckpointPages * LargeLogFactor;

    /// <summary>The most pages that the log had after a group.</summary>
    public uint Highest { get; private set; }

    /// <summary>Whether the log holds what was to be wiped, so it is emptied as soon as no reader needs it.</summary>
    public bool MustEmpty { get; set; }

    /// <summary>Checkpoints if the log has grown by the configured number of pages since the last try.</summary>
    public void AfterGroup()
    {
        if (handle.Wal is not { } wal)
        {
            return;
        }

        var frames = wal.Frames;
        Highest = Math.Max(Highest, frames);
        if (frames < _tried)
        {
            Restarted();
        }

        if (MustEmpty)
        {
            Empty();
            return;
        }

        if (frames - _tried >= settings.CheckpointPages && wal.Backfilled < frames)
        {
            _tried = frames;
            if (frames < _large || longReads.Any)
            {
                Run(Sqlite3.CheckpointPassive);
            }
            else if (Run(Sqlite3.CheckpointTruncate, PatienceMilliseconds).Blocked)
            {
                _large = frames * 2L; // a read that takes so long is waited for seldom, or it would stop the writer
            }
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
    /// <param name="mode">PASSIVE or TRUNCATE.</param>
    /// <param name="patience">How many milliseconds TRUNCATE waits for reads that run. What reads beside it does not hold
    /// it back any more: with the log copied, SQLite gives new reads the database file alone. Without patience a log
    /// would never be cut down where one read begins before another one ends.</param>
    public CheckpointResult Run(int mode, int patience = 0)
    {
        makeWay(true); // a snapshot that a reader keeps would hold the log back
        _ = Sqlite3.BusyTimeout(handle.Db, patience); // always SQLITE_OK
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
        makeWay(false);
        var blocked = (code & 0xff) == Sqlite3.Busy;
        var result = new CheckpointResult(
            mode == Sqlite3.CheckpointTruncate,
            blocked,
            log,
            copied,
            code == Sqlite3.Ok || blocked ? null : handle.Error(failure, null));
        if (!blocked && result.Error is null && mode == Sqlite3.CheckpointTruncate)
        {
            MustEmpty = false;
            Restarted();
        }

        report(result);
        return result;
    }

    // where a read holds it back, after the next group; but not each of them waits for a read that takes long
    private void Empty()
    {
        var now = Stopwatch.GetTimestamp();
        var isPatient = now >= _patientAgain;
        if (Run(Sqlite3.CheckpointTruncate, isPatient ? PatienceMilliseconds : 0).Blocked && isPatient)
        {
            _patientAgain = now + (10 * PatienceMilliseconds * Stopwatch.Frequency / 1000);
        }
    }

    private void Restarted()
    {
        _tried = 0;
        _large = (long)settings.CheckpointPages * LargeLogFactor;
    }
}
