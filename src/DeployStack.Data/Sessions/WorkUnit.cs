using System.Diagnostics;
using DeployStack.Data.Diagnostics;
using DeployStack.Data.Provider;

namespace DeployStack.Data.Sessions;

/// <summary>One call of the front door: the caller's delegate, its options and the task that the caller awaits.</summary>
internal sealed class WorkUnit<TState, TResult>(
    DatabaseContext context,
    Func<IWriteSession, TState, ValueTask<TResult>> work,
    TState state,
    UnitOptions? options,
    bool isWrite,
    CancellationToken cancellationToken) : UnitOfWork(options, cancellationToken)
{
    private readonly DatabaseContext _context = context;
    // One unit is made for each call: the small fields are as small as they can be.
    private readonly Activity? _caller = Instrumentation.Caller;
    private Outcome<TResult> _outcome;
    private Session? _session;
    private TResult _result = default!;
    private byte _attempts = 1;
    private bool _ended;

    public Task<TResult> Task => _outcome.GetTask(ref _result);

    /// <summary>Whether a transient failure is repeated here; a batch is repeated as a whole by its caller.</summary>
    public bool IsRetried { get; init; } = true;

    public override bool IsWrite { get; } = isWrite;

    public override bool IsOneStatement => state switch
    {
        OneStatement => true,
        StatementBatch { Statements: [{ Expectation: null, Parameters: not StatementRows }] } => true,
        _ => false,
    };

    public override object CallSite => state switch
    {
        OneStatement one => one.Sql,
        Delegate inner => Sessions.CallSite.Of(inner),
        _ => Sessions.CallSite.Of(work),
    };

    public override bool IsEnded => Volatile.Read(ref _ended);

    public override ValueTask RunAsync(ProviderSession session)
    {
        var own = new Session(_context, session, this);
        _session = own;
        ValueTask<TResult> task;
        try
        {
            task = _caller is null ? work(own, state) : RunBelowCaller(own);
        }
        catch
        {
            own.Close();
            throw;
        }

        if (!task.IsCompletedSuccessfully)
        {
            return FinishAsync(own, task);
        }

        Finish(own, task.Result);
        return default;
    }

    public override void Abandon() => _session?.Close();

    public override bool Succeed()
    {
        if (Interlocked.Exchange(ref _ended, true))
        {
            return false;
        }

        if (_session?.Callbacks is { } callbacks)
        {
            ThreadPool.UnsafeQueueUserWorkItem(static self => self.Unit.CompleteAfter(self.Callbacks), (Unit: this, Callbacks: callbacks), preferLocal: false);
        }
        else
        {
            _outcome.Set(_result);
        }

        return true;
    }

    public override bool Fail(Exception exception)
    {
        if (IsEnded)
        {
            return false;
        }

        if (IsRetried && exception is DatabaseException { IsTransient: true, OutcomeUnknown: false } transient && !RunOnce && _attempts < Math.Min(_context.Provider.MaxAttempts, byte.MaxValue))
        {
            _ = RetryAsync(transient);
            return true;
        }

        if (Interlocked.Exchange(ref _ended, true))
        {
            return false;
        }

        if (exception is DatabaseException error && _context.Advice.Applies(error, Options))
        {
            _ = AdviseAsync(error);
        }
        else
        {
            _outcome.Set(exception);
        }

        return true;
    }

    // Where somebody listens to spans, the work runs inside the caller's, whichever thread it runs on.
    private ValueTask<TResult> RunBelowCaller(Session own)
    {
        var current = Activity.Current;
        Activity.Current = _caller;
        try
        {
            return work(own, state);
        }
        finally
        {
            Activity.Current = current;
        }
    }

    private async ValueTask FinishAsync(Session own, ValueTask<TResult> task)
    {
        TResult result;
        try
        {
            result = await task.ConfigureAwait(false);
        }
        catch
        {
            own.Close();
            throw;
        }

        Finish(own, result);
    }

    private void Finish(Session own, TResult result)
    {
        if (own.Close())
        {
            throw new DatabaseException(DatabaseErrorKind.SessionMisuse, "The unit of work returned while one of its operations was still running; nothing of it was kept. Await every operation before returning.") { Label = Label };
        }

        if (ReferenceEquals(own, _session))
        {
            _result = result; // the late end of a run that was given up changes nothing
        }
    }

    private void CompleteAfter(List<Action> callbacks)
    {
        foreach (var callback in callbacks)
        {
            try
            {
                callback();
            }
            catch (Exception exception) // the data is committed: the outcome stays, the log has the error
            {
                DatabaseLog.AfterCommitFailed(_context.Settings.Logger, "after_commit", Label, exception);
            }
        }

        _outcome.Set(_result);
    }

    private async Task RetryAsync(DatabaseException transient)
    {
        try
        {
            DatabaseLog.Rerun(_context.Settings.Logger, "database_rerun", _attempts, transient.Kind, Label);
            if (!await Backoff.WaitAsync(_attempts, _context.Settings.Time, DeadlineTimestamp, CancellationToken).ConfigureAwait(false))
            {
                _attempts = byte.MaxValue;
                Fail(transient);
                return;
            }

            _attempts++;
            _context.Provider.Submit(this);
        }
        catch (Exception exception) // a cancelled wait, or a provider that refuses: the caller must not wait for ever
        {
            _attempts = byte.MaxValue;
            Fail(exception);
        }
    }

    private async Task AdviseAsync(DatabaseException error)
    {
        await _context.Advice.GiveAsync(error).ConfigureAwait(false);
        _outcome.Set(error);
    }
}
