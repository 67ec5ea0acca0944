using Microsoft.Data.Sqlite;

namespace DeployStack.Data.Benchmarks.Peers;

/// <summary>Microsoft.Data.Sqlite as its documentation shows it: connection, command and transaction for each call.</summary>
internal sealed class NaivePeer(PooledConnections connections)
{
    public void Upsert(string key, string value, long now)
    {
        using var connection = connections.Open();
        using var transaction = connection.BeginTransaction();
        Execute(connection, transaction, SampleData.Upsert, ("@key", key), ("@value", value), ("@now", now));
        transaction.Commit();
    }

    /// <summary>Each statement commits by itself.</summary>
    public void WriteBatch(SettingsBatch batch)
    {
        using var connection = connections.Open();
        foreach (var group in batch.Groups)
        {
            Execute(connection, null, SampleData.UpsertGroup, ("@name", group.Name), ("@description", group.Description));
        }

        foreach (var setting in batch.Settings)
        {
            Execute(connection, null, SampleData.Upsert, ("@key", setting.Key), ("@value", setting.Value), ("@now", setting.Now));
        }
    }

    public SettingRow Find(string key)
    {
        using var connection = connections.Open();
        using var command = connection.CreateCommand();
        command.CommandText = SampleData.Find;
        command.Parameters.AddWithValue("@key", key);
        using var reader = command.ExecuteReader();
        return reader.Read() ? Row(reader) : throw new InvalidOperationException("The row is missing.");
    }

    public List<SettingRow> All()
    {
        using var connection = connections.Open();
        using var command = connection.CreateCommand();
        command.CommandText = SampleData.All;
        using var reader = command.ExecuteReader();
        var rows = new List<SettingRow>();
        while (reader.Read())
        {
            rows.Add(Row(reader));
        }

        return rows;
    }

    private static SettingRow Row(SqliteDataReader reader)
        => new(reader.GetInt64(0), reader.GetString(1), reader.GetString(2), reader.GetInt64(3), reader.GetInt64(4));

    private static void Execute(SqliteConnection connection, SqliteTransaction? transaction, string sql, params ReadOnlySpan<(string Name, object Value)> parameters)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.Transaction = transaction;
        foreach (var (name, value) in parameters)
        {
            command.Parameters.AddWithValue(name, value);
        }

        command.ExecuteNonQuery();
    }
}
