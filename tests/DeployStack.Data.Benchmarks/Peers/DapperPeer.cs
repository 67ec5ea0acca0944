using Dapper;

namespace DeployStack.Data.Benchmarks.Peers;

/// <summary>Dapper on pooled connections: one for each call.</summary>
internal sealed class DapperPeer(PooledConnections connections)
{
    // Dapper names a parameter exactly like its member, and SQLite tells upper case from lower.
    private static readonly string _upsertGroup = SampleData.UpsertGroup.Replace("@name", "@Name").Replace("@description", "@Description");
    private static readonly string _upsert = SampleData.Upsert.Replace("@key", "@Key").Replace("@value", "@Value").Replace("@now", "@Now");

    public void Upsert(string key, string value, long now)
    {
        using var connection = connections.Open();
        connection.Execute(SampleData.Upsert, new { key, value, now });
    }

    public void WriteBatch(SettingsBatch batch)
    {
        using var connection = connections.Open();
        using var transaction = connection.BeginTransaction();
        connection.Execute(_upsertGroup, batch.Groups, transaction);
        connection.Execute(_upsert, batch.Settings, transaction);
        transaction.Commit();
    }

    // Dapper matches group_id to GroupId only after a process-wide switch; the alias does without it.
    private const string Columns = "id, key, value, group_id AS GroupId, updated_at AS UpdatedAt";

    public SettingItem Find(string key)
    {
        using var connection = connections.Open();
        return connection.QuerySingle<SettingItem>($"SELECT {Columns} FROM settings WHERE key = @key", new { key });
    }

    public List<SettingItem> AllItems()
    {
        using var connection = connections.Open();
        return connection.Query<SettingItem>($"SELECT {Columns} FROM settings ORDER BY id").AsList();
    }

    public List<SettingRow> AllRows()
    {
        using var connection = connections.Open();
        return connection.Query<SettingRow>($"SELECT {Columns} FROM settings ORDER BY id").AsList();
    }
}
