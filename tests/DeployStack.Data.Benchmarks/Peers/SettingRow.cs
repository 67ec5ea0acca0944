namespace DeployStack.Data.Benchmarks.Peers;

/// <summary>A row as a record.</summary>
internal sealed record SettingRow(long Id, string Key, string Value, long GroupId, long UpdatedAt);

/// <summary>A row as a class with setters: what Dapper reads fastest, and EF Core's entity.</summary>
internal sealed class SettingItem
{
    public long Id { get; set; }

    public string Key { get; set; } = "";

    public string Value { get; set; } = "";

    public long GroupId { get; set; }

    public long UpdatedAt { get; set; }
}
