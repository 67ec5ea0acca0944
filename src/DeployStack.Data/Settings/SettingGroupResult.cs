namespace DeployStack.Data.Settings;

/// <summary>What happened to the settings of one group, by key.</summary>
/// <param name="Id">What the database knows the group by.</param>
/// <param name="IsCreated">Whether the group itself did not exist.</param>
/// <param name="Created">Settings that did not exist.</param>
/// <param name="Skipped">Settings that existed; their values were not touched.</param>
/// <param name="Refreshed">Those of <paramref name="Skipped"/> whose kind, description or group was brought up to date.</param>
/// <param name="MissingRequired">Required settings that have no value.</param>
public sealed record SettingGroupResult(
    string Id,
    bool IsCreated,
    IReadOnlyList<string> Created,
    IReadOnlyList<string> Skipped,
    IReadOnlyList<string> Refreshed,
    IReadOnlyList<string> MissingRequired);
