namespace DeployStack.Data.Benchmarks.Peers.Settings;

/// <summary>The rows of a start, every one of them another than in the turn before.</summary>
internal sealed class StartRows
{
    private long _turn;

    public StoredGroupItem[] Groups { get; } = SettingsSample.StartGroups();

    public StoredSettingItem[] Settings { get; } = SettingsSample.StartSettings();

    /// <summary>Names and descriptions of the next edition.</summary>
    public StartRows Describe()
    {
        _turn++;
        foreach (var group in Groups)
        {
            group.Name = SettingsSample.NameOf(_turn);
        }

        foreach (var setting in Settings)
        {
            setting.Description = SettingsSample.NameOf(_turn);
            setting.UpdatedAt = _turn;
        }

        return this;
    }

    /// <summary>Other values.</summary>
    public StartRows Change()
    {
        _turn++;
        foreach (var setting in Settings)
        {
            setting.Old = setting.Value;
            setting.Value = SampleData.ValueOf(_turn);
            setting.UpdatedAt = _turn;
        }

        return this;
    }
}
