using Dapper;

namespace DeployStack.Data.Benchmarks.Peers.Settings;

/// <summary>Dapper on the tables of settings: lists in a transaction, on a pooled connection per call.</summary>
internal sealed class SettingsDapper(PooledConnections connections)
{
    private long _batch = 1_000_000;

    public void Describe(StoredGroupItem[] groups, StoredSettingItem[] settings)
    {
        using var connection = connections.Open();
        using var transaction = connection.BeginTransaction();
        connection.Execute(SettingsSample.Claim, transaction: transaction);
        connection.Execute(SettingsSample.UpsertGroup, groups, transaction);
        connection.Execute(SettingsSample.UpsertMetadata, settings, transaction);
        transaction.Commit();
    }

    public void Create(StoredGroupItem[] groups, StoredSettingItem[] settings) => Write(groups, SettingsSample.Insert, settings);

    public void Change(StoredSettingItem[] settings) => Write([], SettingsSample.UpsertValue, settings);

    /// <summary>Each row commits by itself.</summary>
    public void DescribeOneByOne(StoredGroupItem[] groups, StoredSettingItem[] settings)
    {
        using var connection = connections.Open();
        connection.Execute(SettingsSample.UpsertGroup, groups);
        connection.Execute(SettingsSample.UpsertMetadata, settings);
    }

    public string Find(string key)
    {
        using var connection = connections.Open();
        return connection.QuerySingle<string>("SELECT value FROM globalSettings WHERE key = @key", new { key });
    }

    public List<StoredSettingItem> Group(string group)
    {
        using var connection = connections.Open();
        return connection.Query<StoredSettingItem>("SELECT key AS Key, value AS Value, type AS Type, description AS Description, is_encrypted AS IsEncrypted, group_id AS GroupId, created_at AS CreatedAt, updated_at AS UpdatedAt FROM globalSettings WHERE group_id = @group ORDER BY key", new { group }).AsList();
    }

    public void Reset(string sql)
    {
        using (var connection = connections.Open())
        {
            connection.Execute(sql);
        }

        connections.Checkpoint();
    }

    private void Write(StoredGroupItem[] groups, string sql, StoredSettingItem[] settings)
    {
        using var connection = connections.Open();
        using var transaction = connection.BeginTransaction();
        connection.Execute(SettingsSample.Claim, transaction: transaction);
        connection.Execute(SettingsSample.UpsertGroup, groups, transaction);
        connection.Execute(sql, settings, transaction);
        connection.Execute(SettingsSample.InsertHistory, StoredHistoryItem.Of(++_batch, settings), transaction);
        transaction.Commit();
    }
}
