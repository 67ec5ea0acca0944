namespace DeployStack.Data.Settings.Storage;

/// <summary>A row of <c>globalSettingGroups</c>.</summary>
internal sealed record StoredGroup(string Id, string Name, string? Description, string? Icon, long SortOrder);
