using DeployStack.Data.Provider;
using DeployStack.Data.Provider.Copying;

namespace DeployStack.Data.Hosting.Selection;

/// <summary>The database that is chosen at run time: it can be handed out before that, and then each call says what to do.</summary>
/// <remarks>A service that wants a database in its constructor must not keep an application from starting and being set
/// up; hence this one is resolved in any state.</remarks>
internal sealed class SelectedDatabase(string name, DatabaseSelector selector) : IProvidedDatabase
{
    public string Name { get; } = name;

    public DatabaseCapabilities Capabilities => selector.Demand().Capabilities;

    public Task OpenAsync(CancellationToken cancellationToken = default)
        => TryDemand(out var error)?.OpenAsync(cancellationToken) ?? Task.FromException(error!);

    public Task<TResult> ReadAsync<TState, TResult>(Func<IReadSession, TState, ValueTask<TResult>> work, TState state, ReadOptions? options = null, CancellationToken cancellationToken = default)
        => TryDemand(out var error)?.ReadAsync(work, state, options, cancellationToken) ?? Task.FromException<TResult>(error!);

    public Task<TResult> WriteAsync<TState, TResult>(Func<IWriteSession, TState, ValueTask<TResult>> work, TState state, WriteOptions? options = null, CancellationToken cancellationToken = default)
        => TryDemand(out var error)?.WriteAsync(work, state, options, cancellationToken) ?? Task.FromException<TResult>(error!);

    public Task<BatchResult> ExecuteBatchAsync(IReadOnlyList<SqlStatement> statements, BatchOptions? options = null, CancellationToken cancellationToken = default)
        => TryDemand(out var error)?.ExecuteBatchAsync(statements, options, cancellationToken) ?? Task.FromException<BatchResult>(error!);

    public Task<IProvidedDatabase> CreateCopyAsync(DatabaseCopyOptions? options = null, CancellationToken cancellationToken = default)
        => TryDemandProvided(out var error)?.CreateCopyAsync(options, cancellationToken) ?? Task.FromException<IProvidedDatabase>(error!);

    public Task<IProvidedDatabase> CreateEmptyAsync(CancellationToken cancellationToken = default)
        => TryDemandProvided(out var error)?.CreateEmptyAsync(cancellationToken) ?? Task.FromException<IProvidedDatabase>(error!);

    public Task<StorageUse?> GetStorageAsync(CancellationToken cancellationToken = default)
        => TryDemandProvided(out var error)?.GetStorageAsync(cancellationToken) ?? Task.FromException<StorageUse?>(error!);

    public Task<ChangeCounter?> GetChangeCounterAsync(CancellationToken cancellationToken = default)
        => TryDemandProvided(out var error)?.GetChangeCounterAsync(cancellationToken) ?? Task.FromException<ChangeCounter?>(error!);

    public ValueTask DisposeAsync() => selector.Known?.DisposeAsync() ?? ValueTask.CompletedTask;

    public void Dispose() => selector.Known?.Dispose();

    private IDeployStackDatabase? TryDemand(out DatabaseException? error)
    {
        try
        {
            error = null;
            return selector.Demand();
        }
        catch (DatabaseException exception) // becomes the task's
        {
            error = exception;
            return null;
        }
    }

    // an engine package may bring a database of its own making
    private IProvidedDatabase? TryDemandProvided(out DatabaseException? error)
    {
        if (TryDemand(out error) is not { } database)
        {
            return null;
        }

        if (database is IProvidedDatabase provided)
        {
            return provided;
        }

        error = new(DatabaseErrorKind.NotSupported, $"The database of the engine '{database.Capabilities.SystemName}' passes no requests of features on; nothing was done. Its package is to make it by DatabaseFactory.");
        return null;
    }
}
