using System.Diagnostics;
using DeployStack.Data.Sqlite.Handles;
using DeployStack.Data.Sqlite.Interop;

namespace DeployStack.Data.Sqlite.Writing;

/// <summary>BEGIN, COMMIT, ROLLBACK and savepoints of the writer's handle, and the level of synchronisation around them.</summary>
internal sealed class Transaction
{
    // Slices, so that disposal and deadlines are seen while another process holds the lock.
    public const int SliceMilliseconds = 50;

    private readonly SqliteHandle _handle;
    private readonly SqliteSettings _settings;
    private readonly WriterLedger _ledger;
    private readonly CommitCounter _commits;
    private Durability? _level;

    public Transaction(SqliteHandle handle, SqliteSettings settings, WriterLedger ledger, CommitCounter commits)
    {
        _handle = handle;
        _settings = settings;
        _ledger = ledger;
        _commits = commits;
        Restored();
    }

    /// <summary>The durability a unit gets that asks for none.</summary>
    public Durability Default => _settings.Synchronous >= SqliteSynchronous.Full ? Durability.Full : Durability.Normal;

    public bool IsOpen => _handle.InTransaction;

    /// <summary>The connection has the settings of its opening again: the slice and the level are not among them.</summary>
    public void Restored()
    {
        _level = null;
        _ = Sqlite3.BusyTimeout(_handle.Db, SliceMilliseconds); // always SQLITE_OK
    }

    /// <summary>Begins a write transaction, waiting for other processes.</summary>
    /// <param name="level">Set before BEGIN: SQLite refuses to change it inside a transaction.</param>
    /// <param name="giveUp">Asked between the slices of the wait, with the time waited.</param>
    /// <returns><see langword="null"/>, or what prevented it.</returns>
    public NativeFailure? Begin(Durability level, Func<TimeSpan, bool> giveUp)
    {
        if (Synchronize(level) is { } failure)
        {
            return failure;
        }

        var code = _handle.TryRun("BEGIN IMMEDIATE");
        if (code == Sqlite3.Ok)
        {
            return null;
        }

        return (code & 0xff) == Sqlite3.Busy ? WaitForLock(giveUp) : NativeFailure.Read(_handle.Db);
    }

    /// <summary>Commits; waits where a reader of another process stands in the way of a rollback journal.</summary>
    /// <returns><see langword="null"/>, or why the transaction was not committed.</returns>
    public NativeFailure? Commit()
    {
        var start = Stopwatch.GetTimestamp();
        while (true)
        {
            var code = _handle.TryRun("COMMIT");
            if (code == Sqlite3.Ok)
            {
                _commits.Committed();
                return null;
            }

            var failure = NativeFailure.Read(_handle.Db);
            if ((code & 0xff) != Sqlite3.Busy || failure.IsOwnStatement || Stopwatch.GetElapsedTime(start) >= _settings.BusyTimeout)
            {
                return failure with { InTransaction = _handle.InTransaction };
            }
        }
    }

    /// <summary>Rolls back whatever still stands.</summary>
    public void RollBack()
    {
        _handle.Statements.ReleaseAll();
        _handle.Statements.RolledBack();
        if (_handle.InTransaction)
        {
            _ = _handle.TryRun("ROLLBACK"); // fails only if SQLite ended the transaction itself, which is what is wanted
        }
    }

    public bool TrySavepoint() => _handle.TryRun("SAVEPOINT ds_unit") == Sqlite3.Ok;

    /// <summary>Keeps what was done since the savepoint.</summary>
    public bool TryRelease() => _handle.TryRun("RELEASE ds_unit") == Sqlite3.Ok;

    /// <summary>Undoes what was done since the savepoint.</summary>
    /// <returns>False if the whole transaction has to be rolled back.</returns>
    public bool TryUndo()
    {
        _handle.Statements.ReleaseAll();
        _handle.Statements.RolledBack();
        return _handle.InTransaction
            && _handle.TryRun("ROLLBACK TO ds_unit") == Sqlite3.Ok
            && _handle.TryRun("RELEASE ds_unit") == Sqlite3.Ok;
    }

    /// <summary>Whether a deferred foreign key is still violated; COMMIT would refuse.</summary>
    public bool HasDeferredViolation()
        => Sqlite3.DatabaseStatus(_handle.Db, Sqlite3.StatusDeferredForeignKeys, out var current, out _, 0) == Sqlite3.Ok && current != 0;

    private NativeFailure? WaitForLock(Func<TimeSpan, bool> giveUp)
    {
        var start = Stopwatch.GetTimestamp();
        _ledger.WaitsForForeignLock(true);
        try
        {
            while (true)
            {
                var code = _handle.TryRun("BEGIN IMMEDIATE");
                if (code == Sqlite3.Ok)
                {
                    return null;
                }

                var failure = NativeFailure.Read(_handle.Db);
                if ((code & 0xff) != Sqlite3.Busy || _handle.Guard.IsShutdown || giveUp(Stopwatch.GetElapsedTime(start)))
                {
                    return failure;
                }
            }
        }
        finally
        {
            _ledger.WaitsForForeignLock(false);
        }
    }

    private NativeFailure? Synchronize(Durability level)
    {
        if (_level == level)
        {
            return null;
        }

        var own = _settings.Synchronous;
        var wanted = level == Durability.Full
            ? (SqliteSynchronous)Math.Max((int)own, (int)SqliteSynchronous.Full)
            : (SqliteSynchronous)Math.Min((int)own, (int)SqliteSynchronous.Normal);
        if (_handle.TryRun($"PRAGMA synchronous={(int)wanted}") != Sqlite3.Ok)
        {
            return NativeFailure.Read(_handle.Db);
        }

        _level = level;
        return null;
    }
}
