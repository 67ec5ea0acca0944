namespace DeployStack.Data.Sqlite.Handles;

/// <summary>Carries statements to the thread that owns the handle, while a unit of work awaits something else.</summary>
internal sealed class SessionPump
{
    private const int Closed = 0;
    private const int Opened = 1;
    private const int Used = 2; // something was posted, under the lock

    private static readonly TimeSpan _watch = TimeSpan.FromMilliseconds(10);

    private readonly object _gate = new(); // a monitor, not a Lock: the owner's thread waits on it
    private readonly Queue<Action> _operations = new();
    private int _state;

    /// <summary>Accepts operations from now on. Whoever could post one gets the session only afterwards.</summary>
    public void Open() => Volatile.Write(ref _state, Opened);

    /// <summary>Queues an operation; its task completes on the thread pool.</summary>
    public ValueTask<TResult> Post<TState, TResult>(Func<TState, ValueTask<TResult>> operation, TState state)
    {
        var completion = new TaskCompletionSource<TResult>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            if (Interlocked.CompareExchange(ref _state, Used, Opened) == Closed)
            {
                return ValueTask.FromException<TResult>(Misuse());
            }

            _operations.Enqueue(() => Execute(operation, state, completion));
            Monitor.Pulse(_gate);
        }

        return new(completion.Task);
    }

    /// <summary>Executes what is posted until the unit is complete.</summary>
    /// <param name="unit">The unit's task.</param>
    /// <param name="guard">Asked while nothing arrives, so that a token or deadline ends the wait.</param>
    /// <param name="session">Owned by the calling thread while it executes what arrived.</param>
    /// <returns>False if the guard ended the wait; the unit is then still running somewhere.</returns>
    public bool Run(Task unit, RunGuard guard, SqliteSession session)
    {
        _ = unit.ContinueWith(
            static (_, pump) => ((SessionPump)pump!).Wake(),
            this,
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
        while (true)
        {
            while (TryNext(out var operation))
            {
                session.Own();
                operation();
                session.Leave();
            }

            if (unit.IsCompleted)
            {
                return true;
            }

            if (guard.ShouldStop())
            {
                return false;
            }

            lock (_gate)
            {
                if (_operations.Count == 0 && !unit.IsCompleted)
                {
                    Monitor.Wait(_gate, _watch);
                }
            }
        }
    }

    /// <summary>Refuses what comes later and fails what is still queued.</summary>
    public void Close()
    {
        // Nearly every unit of work posts nothing, and pays for no lock.
        if (Interlocked.CompareExchange(ref _state, Closed, Opened) != Used)
        {
            return;
        }

        lock (_gate)
        {
            Volatile.Write(ref _state, Closed);
        }

        while (TryNext(out var operation))
        {
            operation(); // finds the session closed and fails its caller
        }
    }

    private static void Execute<TState, TResult>(Func<TState, ValueTask<TResult>> operation, TState state, TaskCompletionSource<TResult> completion)
    {
        try
        {
            var task = operation(state);
            completion.SetResult(task.IsCompletedSuccessfully ? task.Result : task.AsTask().GetAwaiter().GetResult());
        }
        catch (Exception exception) // everything goes to the caller who posted it
        {
            completion.SetException(exception);
        }
    }

    private static DatabaseException Misuse() => new(
        DatabaseErrorKind.SessionMisuse,
        "The session was used after its unit of work had ended. A session lives only inside the delegate that received it; await everything before returning.");

    private void Wake()
    {
        lock (_gate)
        {
            Monitor.Pulse(_gate);
        }
    }

    private bool TryNext(out Action operation)
    {
        lock (_gate)
        {
            return _operations.TryDequeue(out operation!);
        }
    }
}
