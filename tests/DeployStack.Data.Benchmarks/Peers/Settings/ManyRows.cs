namespace DeployStack.Data.Benchmarks.Peers.Settings;

/// <summary>The rows of a bulk write.</summary>
internal sealed class ManyRows(int count)
{
    private long _turn;

    public StoredGroupItem[] Groups { get; } = SettingsSample.ManyGroups();

    public StoredSettingItem[] Settings { get; } = SettingsSample.ManySettings(count);

    /// <summary>Other values.</summary>
    public ManyRows Next()
    {
        _turn++;
        for (var i = 0; i < Settings.Length; i++)
        {
            Settings[i].Old = Settings[i].Value;
            Settings[i].Value = SampleData.ValueOf(i + _turn);
            Settings[i].UpdatedAt = 1_700_000_000 + _turn;
        }

        return this;
    }
}
