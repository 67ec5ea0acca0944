namespace DeployStack.Data;

/// <summary>Units of work of one statement, in one line.</summary>
public static class DeployStackDatabaseQueryExtensions
{
    /// <summary>Reads all rows of one query in a unit of its own.</summary>
    /// <typeparam name="T">A scalar, a tuple, a record or a class, as for <see cref="IReadSession.QueryAsync"/>.</typeparam>
    /// <param name="database">The database to read.</param>
    /// <param name="sql">One statement.</param>
    /// <param name="parameters">Values by name, or <see langword="null"/> for none.</param>
    /// <param name="options">Deadline and label.</param>
    /// <param name="cancellationToken">Stops the read within 50 ms.</param>
    /// <exception cref="DatabaseException">The statement failed, or a row does not fit <typeparamref name="T"/>.</exception>
    public static Task<IReadOnlyList<T>> QueryAsync<T>(
        this IDeployStackDatabase database, string sql, object? parameters = null, ReadOptions? options = null, CancellationToken cancellationToken = default)
        => Check(database, sql).ReadAsync(static (s, q) => s.QueryAsync<T>(q.Sql, q.Parameters), new OneStatement(sql, parameters), options, cancellationToken);

    /// <summary>Reads the one row of one query in a unit of its own.</summary>
    /// <inheritdoc cref="QueryAsync"/>
    public static Task<T> QuerySingleAsync<T>(
        this IDeployStackDatabase database, string sql, object? parameters = null, ReadOptions? options = null, CancellationToken cancellationToken = default)
        => Check(database, sql).ReadAsync(static (s, q) => s.QuerySingleAsync<T>(q.Sql, q.Parameters), new OneStatement(sql, parameters), options, cancellationToken);

    /// <summary>Reads the one row of one query, or <see langword="default"/>, in a unit of its own.</summary>
    /// <inheritdoc cref="QueryAsync"/>
    public static Task<T?> QuerySingleOrDefaultAsync<T>(
        this IDeployStackDatabase database, string sql, object? parameters = null, ReadOptions? options = null, CancellationToken cancellationToken = default)
        => Check(database, sql).ReadAsync(static (s, q) => s.QuerySingleOrDefaultAsync<T>(q.Sql, q.Parameters), new OneStatement(sql, parameters), options, cancellationToken);

    /// <summary>Reads the first column of the first row in a unit of its own.</summary>
    /// <inheritdoc cref="QueryAsync"/>
    public static Task<T?> ExecuteScalarAsync<T>(
        this IDeployStackDatabase database, string sql, object? parameters = null, ReadOptions? options = null, CancellationToken cancellationToken = default)
        => Check(database, sql).ReadAsync(static (s, q) => s.ExecuteScalarAsync<T>(q.Sql, q.Parameters), new OneStatement(sql, parameters), options, cancellationToken);

    /// <summary>Executes one statement in a transaction of its own, on every engine.</summary>
    /// <param name="database">The database to write.</param>
    /// <param name="sql">One statement.</param>
    /// <param name="parameters">Values by name, or <see langword="null"/> for none.</param>
    /// <param name="options">Durability, deadline, label.</param>
    /// <param name="cancellationToken">As for a write.</param>
    /// <returns>The rows affected.</returns>
    /// <exception cref="DatabaseException">The statement failed; nothing was written.</exception>
    public static Task<int> ExecuteAsync(
        this IDeployStackDatabase database, string sql, object? parameters = null, WriteOptions? options = null, CancellationToken cancellationToken = default)
        => Check(database, sql).Capabilities.InteractiveTransactions || options is { RunOnce: true }
            ? database.WriteAsync(static (s, q) => s.ExecuteAsync(q.Sql, q.Parameters), new OneStatement(sql, parameters), options, cancellationToken)
            : ExecuteAsBatchAsync(database, new SqlStatement(sql, parameters), options, cancellationToken);

    private static async Task<int> ExecuteAsBatchAsync(IDeployStackDatabase database, SqlStatement statement, WriteOptions? options, CancellationToken cancellationToken)
    {
        var batch = options is null ? null : new BatchOptions { Deadline = options.Deadline, Durability = options.Durability, Label = options.Label, WithoutAdvice = options.WithoutAdvice };
        var result = await database.ExecuteBatchAsync([statement], batch, cancellationToken).ConfigureAwait(false);
        return result.RowsAffected[0];
    }

    private static IDeployStackDatabase Check(IDeployStackDatabase database, string sql)
    {
        ArgumentNullException.ThrowIfNull(database);
        ArgumentException.ThrowIfNullOrWhiteSpace(sql);
        return database;
    }
}
