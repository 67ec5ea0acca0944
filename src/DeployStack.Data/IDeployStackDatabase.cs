namespace DeployStack.Data;

/// <summary>The front door: reads in a snapshot, writes in a transaction, executes batches atomically.</summary>
/// <remarks>
/// <para>One instance stands for one named database. It is thread-safe, meant to live as long as the application, and
/// opens lazily: the first unit of work, or <see cref="OpenAsync"/>, runs the start-up checks.</para>
/// <para>A unit of work gets a session that is valid only while the unit runs. The work <b>may run more than once</b> (a
/// neighbour forced a rollback, an engine asked for a retry, a short read turned out to be long), so it must touch
/// nothing but its session. The overloads that most callers want are extension methods in
/// <see cref="DeployStackDatabaseExtensions"/> and <see cref="DeployStackDatabaseQueryExtensions"/>.</para>
/// </remarks>
/// <example><code>
/// long teams = await database.ReadAsync(s =&gt; s.ExecuteScalarAsync&lt;long&gt;("SELECT count(*) FROM teams"));
/// await database.WriteAsync(s =&gt; s.ExecuteAsync("UPDATE teams SET name = @name WHERE id = @id", new { id, name }));
/// </code></example>
public interface IDeployStackDatabase : IAsyncDisposable, IDisposable
{
    /// <summary>The name under which the database was registered; empty for the default database.</summary>
    string Name { get; }

    /// <summary>What the engine behind this database can do. Asking for more fails with
    /// <see cref="DatabaseErrorKind.NotSupported"/> and names the way round.</summary>
    DatabaseCapabilities Capabilities { get; }

    /// <summary>Opens the database now instead of at the first unit of work, so that a start-up error surfaces here.</summary>
    /// <param name="cancellationToken">Stops waiting for the open; the database stays usable.</param>
    /// <exception cref="DatabaseException">The database could not be opened; <see cref="DatabaseException.Kind"/> says why.</exception>
    Task OpenAsync(CancellationToken cancellationToken = default);

    /// <summary>Runs <paramref name="work"/> on a read-only session and returns its result.</summary>
    /// <typeparam name="TState">What the work needs besides the session; passing it avoids a closure.</typeparam>
    /// <typeparam name="TResult">What the work returns.</typeparam>
    /// <param name="work">The reading code; it may run more than once.</param>
    /// <param name="state">Handed to <paramref name="work"/> unchanged.</param>
    /// <param name="options">Deadline and label; <see langword="null"/> takes the defaults of the database.</param>
    /// <param name="cancellationToken">Stops the read within 50 ms, also inside a running statement.</param>
    /// <remarks>All statements of the unit see one consistent state where
    /// <see cref="DatabaseCapabilities.SnapshotReads"/> is set. It never blocks the writer and is never blocked by it.</remarks>
    /// <exception cref="DatabaseException">The engine refused, the deadline passed, or the session tried to write.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> fired.</exception>
    Task<TResult> ReadAsync<TState, TResult>(
        Func<IReadSession, TState, ValueTask<TResult>> work,
        TState state,
        ReadOptions? options = null,
        CancellationToken cancellationToken = default);

    /// <summary>Runs <paramref name="work"/> in one transaction; the task completes only after COMMIT.</summary>
    /// <typeparam name="TState">What the work needs besides the session; passing it avoids a closure.</typeparam>
    /// <typeparam name="TResult">What the work returns.</typeparam>
    /// <param name="work">The writing code; it may run more than once unless <see cref="WriteOptions.RunOnce"/> is set.</param>
    /// <param name="state">Handed to <paramref name="work"/> unchanged.</param>
    /// <param name="options">Durability, deadline, label; <see langword="null"/> takes the defaults of the database.</param>
    /// <param name="cancellationToken">Drops a waiting unit at once; interrupts a running one that has run 5 ms.</param>
    /// <remarks>Leaving <paramref name="work"/> by an exception rolls the unit back and nothing else.</remarks>
    /// <exception cref="DatabaseException">The unit was rolled back; when <see cref="DatabaseException.OutcomeUnknown"/>
    /// is set, the engine cannot tell whether it was committed.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> fired; nothing was written.</exception>
    Task<TResult> WriteAsync<TState, TResult>(
        Func<IWriteSession, TState, ValueTask<TResult>> work,
        TState state,
        WriteOptions? options = null,
        CancellationToken cancellationToken = default);

    /// <summary>Executes the statements in order as one transaction, on every engine.</summary>
    /// <param name="statements">One SQL statement each; an expectation that is not met fails the whole batch.</param>
    /// <param name="options">Durability, foreign keys, deadline, label; what the engine lacks is refused.</param>
    /// <param name="cancellationToken">As for a write.</param>
    /// <returns>The rows affected, by statement.</returns>
    /// <exception cref="DatabaseException">A statement failed or an expectation was not met; nothing was written.</exception>
    Task<BatchResult> ExecuteBatchAsync(
        IReadOnlyList<SqlStatement> statements,
        BatchOptions? options = null,
        CancellationToken cancellationToken = default);
}
