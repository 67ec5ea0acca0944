using System.Diagnostics;
using DeployStack.Data.Provider;
using DeployStack.Data.Sqlite.Handles;
using DeployStack.Data.Sqlite.Interop;
using DeployStack.Data.Sqlite.Writing.Switches;

namespace DeployStack.Data.Sqlite.Writing;

/// <summary>Runs units that have a transaction to themselves: those that may run only once, that want foreign keys off,
/// that borrow the connection or await something else.</summary>
internal sealed class LoneUnits(SqliteHandle handle, SqliteSettings settings, Transaction transaction, WriteGroup group)
{
    private readonly ForeignKeySwitch _foreignKeys = new(handle, settings);
    private readonly SecureDeleteSwitch _secureDelete = new(handle, settings);

    /// <summary>Runs one unit and tells its caller.</summary>
    /// <returns><see langword="null"/>, or why writes have to stop.</returns>
    public DatabaseException? Run(UnitOfWork unit)
    {
        if (unit.ForeignKeysOff && _foreignKeys.Off() is { } refused)
        {
            unit.Fail(refused);
            return _foreignKeys.Restore();
        }

        var failure = unit.SecureDelete ? RunWiping(unit) : RunInTransaction(unit);
        return unit.ForeignKeysOff ? failure ?? _foreignKeys.Restore() : failure;
    }

    private DatabaseException? RunWiping(UnitOfWork unit)
    {
        if (_secureDelete.On() is { } refused)
        {
            unit.Fail(refused);
            return null;
        }

        return RunInTransaction(unit) ?? _secureDelete.Restore();
    }

    private DatabaseException? RunInTransaction(UnitOfWork unit)
    {
        var started = Stopwatch.GetTimestamp();
        if (transaction.Begin(unit.Durability ?? transaction.Default, waited => MustGiveUp(unit, waited)) is { } failure)
        {
            unit.Fail(unit.CancellationToken.IsCancellationRequested
                ? new OperationCanceledException(unit.CancellationToken)
                : handle.Guard.IsShutdown ? UnitRunner.Disposed()
                : failure.Primary == Sqlite3.Busy ? UnitRunner.ForeignLock(settings, unit, Stopwatch.GetElapsedTime(started))
                : UnitRunner.ForUnit(handle.Error(failure, "BEGIN IMMEDIATE"), unit));
            return null;
        }

        group.Reset();
        group.Run(unit, alone: true);
        if (group.Count == 0)
        {
            transaction.RollBack();
        }

        return group.Commit();
    }

    private bool MustGiveUp(UnitOfWork unit, TimeSpan waited) => waited >= settings.BusyTimeout
        || unit.CancellationToken.IsCancellationRequested
        || Stopwatch.GetTimestamp() >= unit.DeadlineTimestamp;
}
