using System.Diagnostics;
using DeployStack.Data.Sqlite.Handles;
using DeployStack.Data.Sqlite.Interop;

namespace DeployStack.Data.Sqlite.Writing;

/// <summary>Runs again those whose shared transaction was lost through no fault of their own, before anybody else.</summary>
internal sealed class RerunUnits(SqliteHandle handle, SqliteSettings settings, Transaction transaction, WriteGroup group, LoneUnits lone)
{
    /// <summary>Serves them all, in groups and alone.</summary>
    /// <param name="failure">Why writes have to stop already: then all are refused.</param>
    /// <returns><paramref name="failure"/>, or the one that was met here.</returns>
    public DatabaseException? Serve(DatabaseException? failure)
    {
        while (group.Rerun.Count > 0 && failure is null)
        {
            failure = group.Alone.Remove(group.Rerun.Peek()) ? lone.Run(group.Rerun.Dequeue()) : ServeGroup();
        }

        if (failure is not null)
        {
            Refuse(failure);
        }

        return failure;
    }

    private DatabaseException? ServeGroup()
    {
        var level = group.Rerun.Any(static unit => unit.Durability == Durability.Full) ? Durability.Full : transaction.Default;
        var started = Stopwatch.GetTimestamp();
        if (transaction.Begin(level, waited => waited >= settings.BusyTimeout) is { } failure)
        {
            Fail(failure, Stopwatch.GetElapsedTime(started));
            return null;
        }

        group.Reset();
        for (var count = group.Rerun.Count; count > 0 && !group.IsClosed && !group.Alone.Contains(group.Rerun.Peek()); count--)
        {
            group.Run(group.Rerun.Dequeue(), alone: false);
        }

        return group.Commit();
    }

    private void Fail(NativeFailure failure, TimeSpan waited)
    {
        if (failure.Primary == Sqlite3.Busy)
        {
            // all at once, not one after another
            group.FailRerun(unit => handle.Guard.IsShutdown ? UnitRunner.Disposed() : UnitRunner.ForeignLock(settings, unit, waited));
            return;
        }

        var first = group.Rerun.Dequeue();
        first.Fail(UnitRunner.ForUnit(handle.Error(failure, "BEGIN IMMEDIATE"), first));
    }

    // Apart from its caller, whose every run would pay for the closure.
    private void Refuse(DatabaseException reason) => group.FailRerun(unit => Writer.Refusal(reason, unit));
}
