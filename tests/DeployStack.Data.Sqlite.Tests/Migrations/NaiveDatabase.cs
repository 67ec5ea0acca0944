using Microsoft.Data.Sqlite;

namespace DeployStack.Data.Sqlite.Tests.Migrations;

/// <summary>A database that is migrated as many systems do it: plain commands on a connection.</summary>
public sealed class NaiveDatabase : IDisposable
{
    private readonly SqliteConnection _connection = new("Data Source=:memory:;Pooling=False;Foreign Keys=True");

    public NaiveDatabase() => _connection.Open();

    public void Execute(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    public object? Scalar(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }

    public long Count(string table) => (long)Scalar($"SELECT count(*) FROM {table}")!;

    public void Dispose() => _connection.Dispose();
}
