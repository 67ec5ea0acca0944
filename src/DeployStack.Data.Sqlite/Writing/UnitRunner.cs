using System.Diagnostics;
using DeployStack.Data.Provider;
using DeployStack.Data.Sqlite.Errors;
using DeployStack.Data.Sqlite.Handles;
using DeployStack.Data.Sqlite.Interop;

namespace DeployStack.Data.Sqlite.Writing;

/// <summary>Runs one unit on a handle and turns whatever happens into an outcome.</summary>
internal sealed class UnitRunner(Action<UnitOfWork> awaited)
{
    /// <param name="Error">What the unit threw, or <see langword="null"/>.</param>
    /// <param name="Awaited">Whether the unit awaited something other than its session.</param>
    internal readonly record struct Outcome(Exception? Error, bool Awaited);

    /// <summary>Runs the unit to its end.</summary>
    /// <param name="unit">What to run.</param>
    /// <param name="handle">Where; the calling thread owns it.</param>
    /// <param name="mayLend">Whether the unit's code may have the connection.</param>
    public Outcome Run(UnitOfWork unit, SqliteHandle handle, bool mayLend)
    {
        var session = handle.Session;
        var waited = false;
        handle.Guard.Begin(unit);
        session.RefusesLending = !mayLend;
        if (unit.Principal is not null)
        {
            Sqlite3.SetLastInsertRowId(handle.Db, 0); // it is that of somebody else's row
        }

        session.Enter();
        session.Pump.Open();
        try
        {
            var task = unit.RunAsync(session);
            if (!task.IsCompleted)
            {
                waited = true;
                session.Leave();
                awaited(unit);
                var running = task.AsTask();
                if (!session.Pump.Run(running, handle.Guard, session))
                {
                    unit.Abandon();
                    _ = running.ContinueWith(static task => task.Exception, TaskScheduler.Default); // observed: its caller already has the reason
                    return new(handle.Stopped(new(Sqlite3.Interrupt, string.Empty, handle.InTransaction), null), waited);
                }

                running.GetAwaiter().GetResult();
            }
            else
            {
                task.GetAwaiter().GetResult();
            }

            return new(null, waited);
        }
        catch (Exception exception) // the unit's own: it goes to the unit's caller
        {
            return new(exception, waited);
        }
        finally
        {
            session.Leave();
            session.Pump.Close();
            handle.Guard.End();
        }
    }

    public static DatabaseException DeferredViolation(SqliteHandle handle) => ForeignKeyErrors.DescribeDeferred(
        handle,
        SqliteErrors.Create(Sqlite3.Constraint, Sqlite3.ConstraintForeignKey, "FOREIGN KEY constraint failed", ContextOf(handle)));

    public static DatabaseException TransactionEnded(SqliteHandle handle) => new(
        DatabaseErrorKind.SessionMisuse,
        "The unit's transaction ended before the unit did: the unit caught an error after which SQLite rolls back by itself, or ran COMMIT or ROLLBACK on the lent connection. Let such errors pass, and leave the transaction to the unit: return to commit, throw to roll back.")
    {
        Label = handle.CurrentLabel,
        TransactionRolledBack = true,
    };

    /// <summary>A copy of a shared error under the label of one unit.</summary>
    public static DatabaseException ForUnit(DatabaseException error, UnitOfWork unit) => new(
        error.Kind,
        error.OutcomeUnknown ? $"{error.Message} Writes are stopped until the database is reopened and checked (ISqliteEngine.ReopenAsync)." : error.Message,
        error.InnerException)
    {
        OutcomeUnknown = error.OutcomeUnknown,
        RetryCanSucceed = error.RetryCanSucceed,
        NativeErrorCode = error.NativeErrorCode,
        NativeExtendedErrorCode = error.NativeExtendedErrorCode,
        TransactionRolledBack = true,
        Holder = error.Kind == DatabaseErrorKind.Busy ? new(IsOtherProcess: true, null, null, Stopwatch.GetElapsedTime(unit.Submitted)) : null,
        Label = unit.Label,
    };

    /// <summary>The error of a unit that borrowed the connection and left a writing statement open on it.</summary>
    public static DatabaseException OpenStatement() => new(
        DatabaseErrorKind.SessionMisuse,
        "The unit left a writing statement (INSERT, UPDATE or DELETE with RETURNING) open on the lent connection, so that SQLite refused the COMMIT; the unit was rolled back. Dispose readers and commands before the unit returns.");

    /// <summary>The error of a unit that waited when the patience of disposal was over.</summary>
    public static ObjectDisposedException Disposed()
        => new(nameof(IDeployStackDatabase), "The database was disposed while the unit was waiting; nothing of it was written.");

    /// <summary>The error of a unit whose transaction could not begin because somebody outside the writer has the lock.</summary>
    public static DatabaseException ForeignLock(SqliteSettings settings, UnitOfWork unit, TimeSpan waited) => new(
        DatabaseErrorKind.Busy,
        $"Another process, or a connection lent by this one, has held the write lock of '{settings.Path}' for {waited.TotalSeconds:0.0} s; nothing was written. Find it, or raise BusyTimeout ({settings.BusyTimeout.TotalSeconds:0.0} s) or the unit's Deadline.")
    {
        NativeErrorCode = Sqlite3.Busy,
        NativeExtendedErrorCode = Sqlite3.Busy,
        Label = unit.Label,
        Holder = new(IsOtherProcess: true, null, null, waited),
    };

    private static ErrorContext ContextOf(SqliteHandle handle)
        => new() { Sql = handle.CurrentSql, Label = handle.CurrentLabel, IsWrite = true };
}
