using Microsoft.Data.Sqlite;

namespace DeployStack.Data.Benchmarks.Peers;

/// <summary>The usual cure for "database is locked": one connection with a prepared command behind a semaphore.</summary>
internal sealed class WriterLock : IDisposable
{
    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly SqliteConnection _connection;
    private readonly SqliteCommand _command;

    public WriterLock(PooledConnections connections)
    {
        _connection = connections.Open();
        _command = _connection.CreateCommand();
        _command.CommandText = SampleData.Upsert;
        _command.Parameters.Add("@key", SqliteType.Text);
        _command.Parameters.Add("@value", SqliteType.Text);
        _command.Parameters.Add("@now", SqliteType.Integer);
        _command.Prepare();
    }

    public async Task UpsertAsync(string key, string value, long now)
    {
        await _gate.WaitAsync();
        try
        {
            _command.Parameters[0].Value = key;
            _command.Parameters[1].Value = value;
            _command.Parameters[2].Value = now;
            _command.ExecuteNonQuery();
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Dispose()
    {
        _command.Dispose();
        _connection.Dispose();
        _gate.Dispose();
    }
}
