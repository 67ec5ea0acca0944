namespace DeployStack.Data.Settings;

/// <summary>What <see cref="ISettingsStore.InitializeAsync"/> did, group by group in the order of declaration.</summary>
/// <param name="Groups">One entry for each declared group, also where nothing was to do.</param>
public sealed record SettingsResult(IReadOnlyList<SettingGroupResult> Groups)
{
    /// <summary>The keys of the settings that did not exist.</summary>
    public IReadOnlyList<string> Created => [.. Groups.SelectMany(static group => group.Created)];

    /// <summary>The keys of the settings that existed; their values were not touched.</summary>
    public IReadOnlyList<string> Skipped => [.. Groups.SelectMany(static group => group.Skipped)];

    /// <summary>The keys of those skipped settings whose kind, description or group was brought up to date.</summary>
    public IReadOnlyList<string> Refreshed => [.. Groups.SelectMany(static group => group.Refreshed)];

    /// <summary>The keys of required settings that have no value.</summary>
    public IReadOnlyList<string> MissingRequired => [.. Groups.SelectMany(static group => group.MissingRequired)];
}
