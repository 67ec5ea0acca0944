using DeployStack.Data.Provider;
using DeployStack.Data.Sqlite.Handles;
using DeployStack.Data.Sqlite.Interop;

namespace DeployStack.Data.Sqlite.Writing;

/// <summary>Units that share one transaction: each succeeds or fails by itself, and all are told only after COMMIT.</summary>
internal sealed class WriteGroup(SqliteHandle handle, Transaction transaction, UnitRunner runner, WriterLedger ledger)
{
    private readonly List<UnitOfWork> _members = [];
    private readonly List<(UnitOfWork Unit, Exception Error)> _failed = [];
    private DatabaseException? _stop;

    /// <summary>Units whose effect was rolled back through no fault of their own: they run again, next.</summary>
    public Queue<UnitOfWork> Rerun { get; } = new();

    /// <summary>Units that must have the transaction to themselves from now on, among those of <see cref="Rerun"/>.</summary>
    public HashSet<UnitOfWork> Alone { get; } = [];

    public int Count => _members.Count;

    /// <summary>Whether the transaction is over, or takes no newcomers.</summary>
    public bool IsClosed { get; private set; }

    public void Reset()
    {
        _members.Clear();
        _failed.Clear();
        IsClosed = false;
        _stop = null;
    }

    /// <summary>Runs one unit in the open transaction.</summary>
    public void Run(UnitOfWork unit, bool alone)
    {
        ledger.HeldBy(handle, unit.Label);
        var savepoint = _members.Count > 0 && !unit.IsOneStatement && transaction.TrySavepoint();
        var changes = handle.TotalChanges;
        handle.RequiresTransaction = true;
        handle.Watch.Begin();
        var outcome = runner.Run(unit, handle, mayLend: alone); // raw code could end the shared transaction
        handle.RequiresTransaction = false;
        handle.Statements.ReleaseAll(); // a writing statement that the unit left open would make everybody's COMMIT fail
        if (outcome.Awaited)
        {
            IsClosed = true;
        }

        var mustRunAlone = handle.Session.LendingRefused; // asked of the session: the unit's code may have caught the exception
        var error = mustRunAlone ? RunAloneException.Instance : outcome.Error ?? (transaction.IsOpen ? Judge() : null);
        if (error is null && transaction.IsOpen && (!savepoint || transaction.TryRelease()))
        {
            _members.Add(unit);
            ledger.Grow(_members.Count);
            return;
        }

        error ??= UnitRunner.TransactionEnded(handle);
        if (!Undo(savepoint, unit, changes))
        {
            _stop = StopsWrites(error) ? (DatabaseException)error : null;
            RollBackForOthers();
        }

        if (mustRunAlone)
        {
            Alone.Add(unit);
            Rerun.Enqueue(unit);
            return;
        }

        if (_members.Count == 0)
        {
            unit.Fail(error);
            return;
        }

        // What it failed on may be a neighbour's row that no reader sees before COMMIT, and that may never be committed.
        _failed.Add((unit, error));
    }

    /// <summary>Commits and tells the members; on failure decides who runs again.</summary>
    /// <returns><see langword="null"/>, or the failure after which writes have to stop.</returns>
    public DatabaseException? Commit()
    {
        if (!transaction.IsOpen)
        {
            return _stop; // rolled back already: the members wait in Rerun
        }

        if (transaction.Commit() is not { } failure)
        {
            foreach (var unit in _members)
            {
                unit.Succeed();
            }

            TellFailed();
            return null;
        }

        transaction.RollBack();
        var error = failure.IsOwnStatement ? UnitRunner.OpenStatement() : handle.Error(failure, "COMMIT");
        if (error.OutcomeUnknown)
        {
            FailMembers(error);
            TellFailed();
            return error;
        }

        RerunFailed();
        if (_members.Count == 1 || failure.Primary == Sqlite3.Busy)
        {
            FailMembers(error);
            return null;
        }

        // Nobody can tell which unit was too much for the disk: each has its own transaction now.
        foreach (var unit in _members)
        {
            Alone.Add(unit);
            Rerun.Enqueue(unit);
        }

        return null;
    }

    // What is known only when the unit is over: COMMIT would refuse it, or a plugin went beyond what it owns.
    private DatabaseException? Judge()
        => transaction.HasDeferredViolation() ? UnitRunner.DeferredViolation(handle) : handle.Watch.Verify(handle.CurrentLabel);

    private void FailMembers(DatabaseException error)
    {
        foreach (var unit in _members)
        {
            unit.Fail(UnitRunner.ForUnit(error, unit));
        }
    }

    // A statement is atomic by itself, unless its conflict clause says otherwise (OR FAIL keeps what it had done):
    // then SQLite's counter of changes has moved.
    private bool Undo(bool savepoint, UnitOfWork unit, long changes)
    {
        if (savepoint)
        {
            return transaction.TryUndo();
        }

        return transaction.IsOpen
            && unit.IsOneStatement
            && handle.TotalChanges == changes
            && !handle.Watch.IsTouched
            && !transaction.HasDeferredViolation();
    }

    // A storage that has failed to sync once may drop what it was given and report success the next time.
    private static bool StopsWrites(Exception error)
        => error is DatabaseException { OutcomeUnknown: true } or DatabaseException { NativeExtendedErrorCode: Sqlite3.IoErrorFsync or Sqlite3.IoErrorDirectoryFsync };

    private void RollBackForOthers()
    {
        transaction.RollBack();
        foreach (var unit in _members)
        {
            if (_stop is { OutcomeUnknown: true })
            {
                unit.Fail(UnitRunner.ForUnit(_stop, unit)); // SQLite could not roll back
                continue;
            }

            Rerun.Enqueue(unit);
        }

        if (_stop is null)
        {
            RerunFailed();
        }
        else
        {
            TellFailed();
        }

        _members.Clear();
        IsClosed = true;
    }

    private void TellFailed()
    {
        _failed.ForEach(static failed => failed.Unit.Fail(failed.Error));
        _failed.Clear();
    }

    // what they failed on was rolled back
    private void RerunFailed()
    {
        _failed.ForEach(failed => Rerun.Enqueue(failed.Unit));
        _failed.Clear();
    }

    /// <summary>Fails the units that wait to run again.</summary>
    public void FailRerun(Func<UnitOfWork, Exception> error)
    {
        while (Rerun.TryDequeue(out var unit))
        {
            unit.Fail(error(unit));
        }

        Alone.Clear();
    }

    /// <summary>The transaction of the units that wait to run again could not begin.</summary>
    /// <remarks>A lock of another process is in everybody's way, and nobody waits for it a second time; of another
    /// failure the next unit may know better.</remarks>
    public void FailRerun(NativeFailure failure, SqliteSettings settings, TimeSpan waited)
    {
        if (failure.Primary == Sqlite3.Busy)
        {
            FailRerun(unit => handle.Guard.IsShutdown ? UnitRunner.Disposed() : UnitRunner.ForeignLock(settings, unit, waited));
            return;
        }

        var first = Rerun.Dequeue();
        first.Fail(UnitRunner.ForUnit(handle.Error(failure, "BEGIN IMMEDIATE"), first));
    }

    /// <summary>Fails everybody in the group after a fault of the engine.</summary>
    public void Abort(Exception exception)
    {
        _members.ForEach(unit => unit.Fail(exception));
        _members.Clear();
        TellFailed();
        FailRerun(_ => exception);
    }
}
