using DeployStack.Data.Provider;
using DeployStack.Data.Sqlite.Handles;
using DeployStack.Data.Sqlite.Interop;

namespace DeployStack.Data.Sqlite.Reading;

/// <summary>Runs one read on one reader: started on any thread, waited for on a reader's own.</summary>
internal sealed class ReadExecutor(Action<Reader> restore, Action<Exception> restoreFailed)
{
    /// <summary>Runs the unit as far as it goes without awaiting something other than its session.</summary>
    /// <param name="unit">What to run.</param>
    /// <param name="reader">Where; the caller has rented it.</param>
    /// <param name="now">The time in stopwatch ticks.</param>
    /// <param name="budget">When to stop and run elsewhere, in stopwatch ticks.</param>
    /// <param name="running">The unit's task if it is not complete yet: hand it to <see cref="Wait"/> on a reader's thread.</param>
    /// <param name="error">What the unit threw.</param>
    public static void Start(UnitOfWork unit, Reader reader, long now, long budget, out Task? running, out Exception? error)
    {
        var handle = reader.Handle;
        handle.CurrentLabel = unit.Label;
        handle.Guard.Begin(unit, budget);
        handle.Session.Enter();
        handle.Session.Pump.Open();
        running = null;
        error = null;
        try
        {
            reader.BeginUnit(unit, now);
            var task = unit.RunAsync(handle.Session);
            if (task.IsCompleted)
            {
                task.GetAwaiter().GetResult();
                return;
            }

            handle.Guard.LiftBudget();
            running = task.AsTask();
        }
        catch (Exception exception) // the unit's own: it goes to the unit's caller
        {
            error = exception;
        }
        finally
        {
            handle.Session.Leave();
        }
    }

    /// <summary>Executes the statements that the unit sends while it awaits something else, until it is complete.</summary>
    /// <returns>What the unit threw, or why it was given up.</returns>
    public static Exception? Wait(UnitOfWork unit, Reader reader, Task running)
    {
        var handle = reader.Handle;
        try
        {
            if (!handle.Session.Pump.Run(running, handle.Guard, handle.Session))
            {
                unit.Abandon();
                _ = running.ContinueWith(static task => task.Exception, TaskScheduler.Default); // observed: its caller already has the reason
                return handle.Stopped(new(Sqlite3.Interrupt, string.Empty, handle.InTransaction), null);
            }

            running.GetAwaiter().GetResult();
            return null;
        }
        catch (Exception exception) // the unit's own: it goes to the unit's caller
        {
            return exception;
        }
    }

    /// <summary>Makes the reader ready for the next unit.</summary>
    /// <returns>True if the unit overran its budget and has to run again.</returns>
    public bool End(Reader reader, bool failed)
    {
        var handle = reader.Handle;
        handle.Session.Pump.Close();
        handle.Guard.End();
        reader.EndUnit(failed);
        if (handle.IsDirty)
        {
            Restore(reader);
        }

        // Asked of the guard, not of the exception: the unit's code may have caught it.
        return handle.Guard.Reason == StopReason.Budget;
    }

    private void Restore(Reader reader)
    {
        try
        {
            reader.EndSnapshot();
            restore(reader);
            reader.Handle.IsDirty = false;
        }
        catch (Exception exception) // the unit is complete; the reader is replaced instead of handed on as it is
        {
            reader.IsBroken = true;
            restoreFailed(exception);
        }
    }
}
