namespace DeployStack.Data.Benchmarks.Peers.Settings;

/// <summary>A row of <c>globalSettingGroups</c> as the peers write it.</summary>
internal sealed class StoredGroupItem
{
    public required string Id { get; init; }

    public string Name { get; set; } = "";

    public string Description { get; init; } = "";

    public string Icon { get; init; } = "";

    public long SortOrder { get; init; }

    public long Now { get; init; }
}
