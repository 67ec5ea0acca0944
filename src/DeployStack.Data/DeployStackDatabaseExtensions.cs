namespace DeployStack.Data;

/// <summary>The forms of a unit of work that take a delegate alone.</summary>
public static class DeployStackDatabaseExtensions
{
    /// <inheritdoc cref="IDeployStackDatabase.ReadAsync"/>
    /// <param name="database">The database to read.</param>
    public static Task<TResult> ReadAsync<TResult>(
        this IDeployStackDatabase database,
        Func<IReadSession, ValueTask<TResult>> work,
        ReadOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(database);
        ArgumentNullException.ThrowIfNull(work);
        return database.ReadAsync(static (session, work) => work(session), work, options, cancellationToken);
    }

    /// <inheritdoc cref="IDeployStackDatabase.WriteAsync"/>
    /// <param name="database">The database to write.</param>
    public static Task<TResult> WriteAsync<TResult>(
        this IDeployStackDatabase database,
        Func<IWriteSession, ValueTask<TResult>> work,
        WriteOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(database);
        ArgumentNullException.ThrowIfNull(work);
        return database.WriteAsync(static (session, work) => work(session), work, options, cancellationToken);
    }

    /// <summary>Runs <paramref name="work"/> in one transaction; the task completes only after COMMIT.</summary>
    /// <param name="database">The database to write.</param>
    /// <param name="work">The writing code; it may run more than once unless <see cref="WriteOptions.RunOnce"/> is set.</param>
    /// <param name="options">Durability, deadline, label; <see langword="null"/> takes the defaults of the database.</param>
    /// <param name="cancellationToken">Drops a waiting unit at once; interrupts a running one that has run 5 ms.</param>
    /// <exception cref="DatabaseException">The unit was rolled back, or its outcome is unknown.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> fired; nothing was written.</exception>
    public static Task WriteAsync(
        this IDeployStackDatabase database,
        Func<IWriteSession, ValueTask> work,
        WriteOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(database);
        ArgumentNullException.ThrowIfNull(work);
        return database.WriteAsync(
            static async (session, work) =>
            {
                await work(session).ConfigureAwait(false);
                return true;
            },
            work,
            options,
            cancellationToken);
    }
}
