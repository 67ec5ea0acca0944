namespace DeployStack.Data.Sessions;

/// <summary>The end of a unit: set once, awaited once; where it is set before it is awaited, nothing has to be woken.</summary>
internal sealed class Outcome<TResult>
{
    private static readonly object _set = new();

    private TResult _result = default!;
    private Exception? _error;
    private object? _state; // null, the source that somebody waits on, or _set

    public Task<TResult> Task
    {
        get
        {
            if (ReferenceEquals(Volatile.Read(ref _state), _set))
            {
                return ToTask();
            }

            var source = new TaskCompletionSource<TResult>(TaskCreationOptions.RunContinuationsAsynchronously);
            return Interlocked.CompareExchange(ref _state, source, null) switch
            {
                null => source.Task,
                TaskCompletionSource<TResult> first => first.Task,
                _ => ToTask(),
            };
        }
    }

    public void Set(TResult result)
    {
        _result = result;
        if (Interlocked.Exchange(ref _state, _set) is TaskCompletionSource<TResult> source)
        {
            source.SetResult(result);
        }
    }

    public void Set(Exception error)
    {
        _error = error;
        if (Interlocked.Exchange(ref _state, _set) is TaskCompletionSource<TResult> source)
        {
            Complete(source);
        }
    }

    private Task<TResult> ToTask()
    {
        if (_error is null)
        {
            return System.Threading.Tasks.Task.FromResult(_result);
        }

        var source = new TaskCompletionSource<TResult>();
        Complete(source);
        return source.Task;
    }

    private void Complete(TaskCompletionSource<TResult> source)
    {
        if (_error is OperationCanceledException cancelled)
        {
            source.SetCanceled(cancelled.CancellationToken);
        }
        else
        {
            source.SetException(_error!);
        }
    }
}
