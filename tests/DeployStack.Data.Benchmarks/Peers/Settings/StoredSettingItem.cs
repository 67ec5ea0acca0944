namespace DeployStack.Data.Benchmarks.Peers.Settings;

/// <summary>A row of <c>globalSettings</c> as the peers write it; EF Core's entity as well.</summary>
internal sealed class StoredSettingItem
{
    public required string Key { get; init; }

    public string Value { get; set; } = "";

    public string Type { get; init; } = "string";

    public string Description { get; set; } = "";

    public long IsEncrypted { get; init; }

    public string GroupId { get; init; } = "";

    public long CreatedAt { get; init; }

    public long UpdatedAt { get; set; }

    /// <summary>The value before, for the history.</summary>
    public string? Old { get; set; }
}
