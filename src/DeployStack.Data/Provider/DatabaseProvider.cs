using DeployStack.Data.Provider.Copying;

namespace DeployStack.Data.Provider;

/// <summary>What an engine brings: it decides on which connection and thread a unit of work runs.</summary>
/// <remarks>
/// For provider authors; applications use <see cref="IDeployStackDatabase"/>. All members are thread-safe. A provider
/// completes every unit that it accepted exactly once, by <see cref="UnitOfWork.Succeed"/> or
/// <see cref="UnitOfWork.Fail"/>, also when it is disposed.
/// </remarks>
public abstract class DatabaseProvider : IAsyncDisposable, IDisposable
{
    /// <summary>What the engine can do; constant for the life of the provider.</summary>
    public abstract DatabaseCapabilities Capabilities { get; }

    /// <summary>What telemetry calls the database (<c>db.namespace</c>): a file name without its path, a database name.</summary>
    public abstract string DatabaseNamespace { get; }

    /// <summary>How often a unit or batch that fails with a transient error is tried in all. 1 (the default) where the
    /// engine waits by itself.</summary>
    public virtual int MaxAttempts => 1;

    /// <summary>Rewrites a reference to a list parameter: given <c>@ids</c>, what stands behind <c>IN</c>. The list is
    /// bound as one JSON array.</summary>
    /// <param name="parameter">The parameter with its prefix.</param>
    public virtual string ListParameter(string parameter) => ListParameters.AsJsonArray(parameter);

    /// <summary>Opens what the first unit would open.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="DatabaseException">The database could not be opened.</exception>
    public abstract Task OpenAsync(CancellationToken cancellationToken);

    /// <summary>Accepts a unit of work and returns at once, or runs it right here where that is known to be short.</summary>
    /// <param name="unit">A read, or, with <see cref="DatabaseCapabilities.InteractiveTransactions"/>, a write.</param>
    public abstract void Submit(UnitOfWork unit);

    /// <summary>Executes a batch atomically.</summary>
    /// <param name="batch">The statements. A provider with interactive transactions submits
    /// <see cref="Batch.ToUnit"/>; another encodes them by <see cref="Batch.Bind"/>.</param>
    /// <param name="cancellationToken">The caller's token.</param>
    /// <exception cref="DatabaseException">Nothing was written, or the outcome is unknown; it carries the label of the
    /// batch and, where one statement is to blame, its SQL.</exception>
    public abstract Task<BatchResult> ExecuteBatchAsync(Batch batch, CancellationToken cancellationToken);

    /// <summary>Takes a consistent copy of the live database, for a provider with
    /// <see cref="DatabaseCapabilities.ConsistentCopy"/>. Without an override it is refused.</summary>
    /// <param name="options">Where, and who is told.</param>
    /// <param name="cancellationToken">Stops the copying within 50 ms; nothing is left of it.</param>
    /// <returns>A provider on the copy, already open, which deletes the copy when it is disposed.</returns>
    /// <exception cref="DatabaseException">As for <see cref="IProvidedDatabase.CreateCopyAsync"/>.</exception>
    public virtual Task<DatabaseProvider> CreateCopyAsync(DatabaseCopyOptions options, CancellationToken cancellationToken)
        => Task.FromException<DatabaseProvider>(new DatabaseException(DatabaseErrorKind.NotSupported, $"The engine '{Capabilities.SystemName}' cannot take a consistent copy of a live database; nothing was done. Restore one of its own backups elsewhere and work on that."));

    /// <summary>Makes an empty database of the same engine, for a provider with
    /// <see cref="DatabaseCapabilities.EmptyDatabases"/>. Without an override it is refused.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>A provider on the empty database, already open, which removes it when it is disposed.</returns>
    /// <exception cref="DatabaseException">As for <see cref="IProvidedDatabase.CreateEmptyAsync"/>.</exception>
    public virtual Task<DatabaseProvider> CreateEmptyAsync(CancellationToken cancellationToken)
        => Task.FromException<DatabaseProvider>(new DatabaseException(DatabaseErrorKind.NotSupported, $"The engine '{Capabilities.SystemName}' cannot make an empty database beside the live one; nothing was done. Register one of its own for the purpose."));

    /// <summary>Asks how much room the database takes.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns><see langword="null"/> (the default) where nobody can tell.</returns>
    /// <exception cref="DatabaseException">The database could not be opened.</exception>
    public virtual Task<StorageUse?> GetStorageAsync(CancellationToken cancellationToken) => Task.FromResult<StorageUse?>(null);

    /// <summary>Asks for what tells whether anything was committed.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The same object each time; <see langword="null"/> (the default) where the engine is too far away to know.</returns>
    /// <exception cref="DatabaseException">The database could not be opened.</exception>
    public virtual Task<ChangeCounter?> GetChangeCounterAsync(CancellationToken cancellationToken) => Task.FromResult<ChangeCounter?>(null);

    /// <summary>Finishes accepted work, then closes every connection and ends every thread before it returns.</summary>
    public abstract ValueTask DisposeAsync();

    /// <inheritdoc cref="DisposeAsync"/>
    public abstract void Dispose();
}
