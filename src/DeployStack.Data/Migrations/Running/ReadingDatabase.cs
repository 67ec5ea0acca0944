namespace DeployStack.Data.Migrations.Running;

/// <summary>The database as a migration in C# gets it: what it wrote would not be part of its transaction.</summary>
/// <param name="database">The database that is migrated.</param>
/// <param name="principal">On whose behalf the migration reads; <see langword="null"/> for the host.</param>
internal sealed class ReadingDatabase(IDeployStackDatabase database, Principal? principal) : IDeployStackDatabase
{
    public string Name => database.Name;

    public DatabaseCapabilities Capabilities => database.Capabilities;

    public Task OpenAsync(CancellationToken cancellationToken = default) => database.OpenAsync(cancellationToken);

    public Task<TResult> ReadAsync<TState, TResult>(
        Func<IReadSession, TState, ValueTask<TResult>> work,
        TState state,
        ReadOptions? options = null,
        CancellationToken cancellationToken = default)
        => database.ReadAsync(work, state, principal is null ? options : (options ?? new()) with { Principal = new(principal.Id, mayChangeSchema: false) }, cancellationToken);

    public Task<TResult> WriteAsync<TState, TResult>(
        Func<IWriteSession, TState, ValueTask<TResult>> work,
        TState state,
        WriteOptions? options = null,
        CancellationToken cancellationToken = default)
        => throw Refusal();

    public Task<BatchResult> ExecuteBatchAsync(IReadOnlyList<SqlStatement> statements, BatchOptions? options = null, CancellationToken cancellationToken = default)
        => throw Refusal();

    public void Dispose()
    {
        // the database is not the migration's to close
    }

    public ValueTask DisposeAsync() => default;

    private static DatabaseException Refusal()
        => new(DatabaseErrorKind.SessionMisuse, "A migration wrote through the database it may only read; nothing was written. Add the statement to the MigrationBuilder: all of a migration is one transaction.");
}
