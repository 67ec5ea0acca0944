namespace DeployStack.Data.Sqlite.Tests.Errors;

/// <summary>Tests on a database with a schema of their own.</summary>
public abstract class SchemaTests : IAsyncLifetime, IAsyncDisposable
{
    private readonly TemporarySqlite _sqlite;
    private bool _disposed;

    protected SchemaTests(Action<SqliteOptions>? configure = null) => _sqlite = new(configure);

    protected IDeployStackDatabase Database => _sqlite.Database;

    protected abstract IReadOnlyList<string> Schema { get; }

    public async Task InitializeAsync()
    {
        foreach (var sql in Schema)
        {
            await Database.ExecuteAsync(sql);
        }
    }

    async Task IAsyncLifetime.DisposeAsync() => await DisposeAsync();

    public async ValueTask DisposeAsync()
    {
        if (!_disposed)
        {
            _disposed = true;
            await _sqlite.DisposeAsync();
        }

        GC.SuppressFinalize(this);
    }

    protected Task<DatabaseException> FailsAsync(string sql) => Assert.ThrowsAsync<DatabaseException>(() => Database.ExecuteAsync(sql));
}
