namespace DeployStack.Data.Settings;

/// <summary>A group in a listing.</summary>
/// <param name="Id">What it is known by.</param>
/// <param name="Name">The title that people see.</param>
/// <param name="Description">A sentence for people.</param>
/// <param name="Icon">The name of a picture.</param>
/// <param name="SortOrder">Its place among the groups, smallest first.</param>
/// <param name="Settings">Its settings in the order of their keys, secrets masked.</param>
public sealed record SettingGroupValues(string Id, string Name, string? Description, string? Icon, long SortOrder, IReadOnlyList<SettingValue> Settings);
