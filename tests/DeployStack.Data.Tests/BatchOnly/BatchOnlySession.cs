using System.Data.Common;
using DeployStack.Data.Provider;
using DeployStack.Data.Tests.BatchOnly.Remote;

namespace DeployStack.Data.Tests.BatchOnly;

/// <summary>A session that only reads: each statement is a request of its own.</summary>
internal sealed class BatchOnlySession(RemoteEngine engine, CancellationToken cancellationToken) : ProviderSession
{
    public override DbConnection Connection => throw new DatabaseException(
        DatabaseErrorKind.NotSupported, "The engine 'batch_only' has no connection to lend. Use the session's own methods.");

    public override bool IsCurrent => true;

    public override ValueTask<TResult> DispatchAsync<TState, TResult>(Func<TState, ValueTask<TResult>> operation, TState state)
        => throw new InvalidOperationException("Every thread is the right one here.");

    public override ProviderCommand CreateCommand(string sql) => new BatchOnlyCommand(sql, engine, cancellationToken);

    public override ValueTask BeginSavepointAsync() => throw NoSavepoints();

    public override ValueTask EndSavepointAsync(bool rollBack) => throw NoSavepoints();

    private static DatabaseException NoSavepoints()
        => new(DatabaseErrorKind.NotSupported, "The engine 'batch_only' has no savepoints. Use ExecuteBatchAsync.");
}
