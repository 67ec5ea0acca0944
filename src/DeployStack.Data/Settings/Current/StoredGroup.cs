namespace DeployStack.Data.Settings.Current;

/// <summary>A row of <c>globalSettingGroups</c>.</summary>
internal sealed record StoredGroup(string Id, string Name, string? Description, string? Icon, long SortOrder)
{
    public static StoredGroup Of(SettingGroup group) => new(group.Id, group.Name, group.Description, group.Icon, group.SortOrder);
}
