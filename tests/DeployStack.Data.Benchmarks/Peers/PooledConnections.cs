using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace DeployStack.Data.Benchmarks.Peers;

/// <summary>Connections of Microsoft.Data.Sqlite's pool. Busy timeout and synchronous are set when a physical connection
/// is seen for the first time, which costs the later rents a look-up instead of two pragmas.</summary>
internal sealed class PooledConnections(string path, bool isFull)
{
    private readonly string _connectionString = new SqliteConnectionStringBuilder { DataSource = path }.ToString();
    private readonly ConcurrentDictionary<sqlite3, bool> _prepared = new();

    public string ConnectionString => _connectionString;

    public SqliteConnection Open()
    {
        var connection = new SqliteConnection(_connectionString);
        connection.Open();
        Prepare(connection);
        return connection;
    }

    public void Prepare(SqliteConnection connection)
    {
        if (_prepared.TryAdd(connection.Handle!, true))
        {
            _ = raw.sqlite3_busy_timeout(connection.Handle, 30_000);
            using var command = connection.CreateCommand();
            command.CommandText = $"PRAGMA {Pragmas.Synchronous(isFull)}";
            command.ExecuteNonQuery();
        }
    }

    public void Checkpoint()
    {
        using var connection = Open();
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA wal_checkpoint(TRUNCATE)";
        command.ExecuteNonQuery();
    }
}
