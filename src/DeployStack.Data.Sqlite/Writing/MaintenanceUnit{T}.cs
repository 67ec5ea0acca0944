using DeployStack.Data.Sqlite.Handles;

namespace DeployStack.Data.Sqlite.Writing;

/// <summary>Maintenance with a result.</summary>
/// <typeparam name="T">What it returns.</typeparam>
internal sealed class MaintenanceUnit<T>(Func<SqliteHandle, T> work, CancellationToken cancellationToken) : MaintenanceUnit(cancellationToken)
{
    private readonly TaskCompletionSource<T> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T _result = default!;

    public Task<T> Task => _completion.Task;

    public override bool IsEnded => Task.IsCompleted;

    public override void Execute(SqliteHandle handle) => _result = work(handle);

    public override bool Succeed() => _completion.TrySetResult(_result);

    public override bool Fail(Exception exception) => exception is OperationCanceledException cancelled
        ? _completion.TrySetCanceled(cancelled.CancellationToken)
        : _completion.TrySetException(exception);
}
