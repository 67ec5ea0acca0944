using System.Diagnostics;
using DeployStack.Data.Provider;
using DeployStack.Data.Sqlite.Handles;
using DeployStack.Data.Sqlite.Interop;

namespace DeployStack.Data.Sqlite.Reading;

/// <summary>One read-only handle with its sticky snapshot: the read transaction stays open while nobody has committed,
/// which saves the locking of each read.</summary>
internal sealed class Reader(SqliteHandle handle, SqliteSettings settings) : IDisposable
{
    private static readonly long _frequency = Stopwatch.Frequency;

    private readonly long _maxAge = (long)(settings.SnapshotMaxAge.TotalSeconds * _frequency);
    private WalMark _mark;
    private bool _open;
    private long _openedAt;

    public SqliteHandle Handle { get; } = handle;

    /// <summary>When the reader was last given back, on <see cref="Environment.TickCount64"/>: reading the fine clock would
    /// cost more than the rest of giving back.</summary>
    public long LastUse { get; private set; }

    /// <summary>Whether nobody may use it again: its connection could not be brought back to its settings, or the file may
    /// be another one now.</summary>
    public bool IsBroken { get; set; }

    /// <summary>Whether a snapshot is kept between units.</summary>
    public bool HasSnapshot => _open;

    /// <summary>Makes sure that the next statement sees the newest commit, and all of the unit's statements the same.</summary>
    /// <param name="unit">What is to run.</param>
    /// <param name="now">The time in stopwatch ticks.</param>
    public void BeginUnit(UnitOfWork unit, long now)
    {
        if (Handle.Wal is not { } wal)
        {
            if (!unit.IsOneStatement)
            {
                Begin(default);
            }

            return;
        }

        // The mark is read before the snapshot is taken: a commit in between makes the mark too old, never too new.
        var mark = wal.Read();
        if (_open && mark == _mark && now - _openedAt < _maxAge && settings.SnapshotIdle > TimeSpan.Zero)
        {
            return;
        }

        EndSnapshot();
        Begin(mark);
    }

    /// <summary>Cleans up after a unit.</summary>
    /// <param name="failed">Whether it threw.</param>
    public void EndUnit(bool failed)
    {
        Handle.Statements.ReleaseAll();
        if (failed)
        {
            _open &= Handle.InTransaction; // some errors end the transaction
        }

        if (Handle.Wal is null || settings.SnapshotIdle == TimeSpan.Zero)
        {
            EndSnapshot();
        }

        LastUse = Environment.TickCount64;
    }

    /// <summary>Ends the kept snapshot.</summary>
    public void EndSnapshot()
    {
        if (_open)
        {
            _open = false;
            if (Handle.TryRun("COMMIT") != Sqlite3.Ok && Handle.InTransaction)
            {
                _ = Handle.TryRun("ROLLBACK"); // nothing was written: it only has to end
            }
        }
    }

    public void Dispose()
    {
        EndSnapshot();
        Handle.Dispose();
    }

    private void Begin(WalMark mark)
    {
        Handle.Run("BEGIN");
        _mark = mark;
        _open = true;
        _openedAt = Stopwatch.GetTimestamp();
    }
}
