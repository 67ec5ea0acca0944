using System.Diagnostics;

namespace DeployStack.Data.Sqlite.Writing;

/// <summary>Runs again those whose shared transaction was lost through no fault of their own, before anybody else.</summary>
internal sealed class RerunUnits(SqliteSettings settings, Transaction transaction, WriteGroup group, LoneUnits lone)
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
            group.FailRerun(failure, settings, Stopwatch.GetElapsedTime(started));
            return null;
        }

        group.Reset();
        for (var count = group.Rerun.Count; count > 0 && !group.IsClosed && !group.Alone.Contains(group.Rerun.Peek()); count--)
        {
            group.Run(group.Rerun.Dequeue(), alone: false);
        }

        return group.Commit();
    }

    // Apart from its caller, whose every run would pay for the closure.
    private void Refuse(DatabaseException reason) => group.FailRerun(unit => WriterErrors.Refusal(reason, unit));
}
