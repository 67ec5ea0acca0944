using System.Runtime.InteropServices;

namespace DeployStack.Data.Sessions;

/// <summary>The end of a unit: set once, awaited once; where it is set before it is awaited, nothing has to be woken.</summary>
/// <remarks>A field of the unit, which keeps the result: every call of the front door makes a unit, so its parts are few.</remarks>
[StructLayout(LayoutKind.Auto)]
internal struct Outcome<TResult>
{
    private const string Succeeded = "succeeded";

    private object? _state; // null, the source that somebody waits on, Succeeded, or the error

    /// <summary>What the caller awaits.</summary>
    /// <param name="result">Where the unit keeps its result; read only once the outcome is set.</param>
    public Task<TResult> GetTask(ref readonly TResult result)
    {
        var state = Volatile.Read(ref _state);
        if (state is null)
        {
            var source = new TaskCompletionSource<TResult>(TaskCreationOptions.RunContinuationsAsynchronously);
            state = Interlocked.CompareExchange(ref _state, source, null) ?? source;
        }

        switch (state)
        {
            case TaskCompletionSource<TResult> waiting:
                return waiting.Task;
            case Exception error:
                var failed = new TaskCompletionSource<TResult>();
                Complete(failed, error);
                return failed.Task;
            default:
                return Task.FromResult(result);
        }
    }

    public void Set(TResult result)
    {
        if (Interlocked.Exchange(ref _state, Succeeded) is TaskCompletionSource<TResult> source)
        {
            source.SetResult(result);
        }
    }

    public void Set(Exception error)
    {
        if (Interlocked.Exchange(ref _state, error) is TaskCompletionSource<TResult> source)
        {
            Complete(source, error);
        }
    }

    private static void Complete(TaskCompletionSource<TResult> source, Exception error)
    {
        if (error is OperationCanceledException cancelled)
        {
            source.SetCanceled(cancelled.CancellationToken);
        }
        else
        {
            source.SetException(error);
        }
    }
}
