using DeployStack.Data.Settings.Current;

namespace DeployStack.Data.Plugins.Confined;

/// <summary>The keys and groups that a plugin declared.</summary>
internal sealed class PluginSettingsScope(PluginBuilder plugin) : SettingsScope
{
    private readonly string _id = plugin.Id;

    // declared, not only named so: the host may have had keys that begin with the id before there was the plugin
    private readonly HashSet<string> _groups = plugin.Settings.Select(static group => group.Id).ToHashSet(StringComparer.Ordinal);
    private readonly HashSet<string> _keys = plugin.Settings.SelectMany(static group => group.Settings).Select(static setting => setting.Key).ToHashSet(StringComparer.Ordinal);

    public override bool HasKey(string key) => _keys.Contains(key);

    public override bool HasGroup(string groupId) => _groups.Contains(groupId);

    public override DatabaseException ForeignKey(string key) => PluginId.ForeignSetting(_id, "key", key);

    public override DatabaseException ForeignGroup(string groupId) => PluginId.ForeignSetting(_id, "group", groupId);
}
