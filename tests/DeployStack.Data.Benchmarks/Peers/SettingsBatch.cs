namespace DeployStack.Data.Benchmarks.Peers;

/// <summary>What a start of DeployStack writes: three groups and seventeen settings.</summary>
internal sealed class SettingsBatch
{
    public const int GroupCount = 3;
    public const int SettingCount = 17;

    private long _turn;

    public Group[] Groups { get; } = [.. Enumerable.Range(1, GroupCount).Select(static i => new Group { Name = $"group {i}" })];

    public Setting[] Settings { get; } = [.. Enumerable.Range(0, SettingCount).Select(static i => new Setting { Key = SampleData.KeyOf(i) })];

    /// <summary>New values, so that no row stays as it is.</summary>
    public SettingsBatch Next()
    {
        _turn++;
        foreach (var group in Groups)
        {
            group.Description = SampleData.ValueOf(_turn);
        }

        foreach (var setting in Settings)
        {
            setting.Value = SampleData.ValueOf(_turn);
            setting.Now = _turn;
        }

        return this;
    }

    internal sealed class Group
    {
        public required string Name { get; init; }

        public string Description { get; set; } = "";
    }

    internal sealed class Setting
    {
        public required string Key { get; init; }

        public string Value { get; set; } = "";

        public long Now { get; set; }
    }
}
