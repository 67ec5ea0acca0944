using DeployStack.Data.Settings.Current;
using DeployStack.Data.Settings.Values;

namespace DeployStack.Data.Settings.Writing;

/// <summary>What describes a row besides its value.</summary>
internal sealed record RowMetadata(string Type, string? Description, string? GroupId)
{
    public static RowMetadata Of(Setting setting, string groupId) => new(SettingCodec.NameOf(setting.Type), setting.Description, groupId);

    public static RowMetadata Of(SettingEntry entry) => new(entry.Type, entry.Description, entry.GroupId);
}
