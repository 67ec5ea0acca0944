using DeployStack.Data.Settings;

namespace DeployStack.Data.Plugins.Confined;

/// <summary>The settings as a plugin has them: its own keys and groups.</summary>
internal sealed class PluginSettings(ISettingsStore settings, PluginBuilder plugin) : ISettingsStore
{
    private readonly string _id = plugin.Id;

    // declared, not only named so: the host may have had keys that begin with the id before there was the plugin
    private readonly HashSet<string> _groups = plugin.Settings.Select(static group => group.Id).ToHashSet(StringComparer.Ordinal);
    private readonly HashSet<string> _keys = plugin.Settings.SelectMany(static group => group.Settings).Select(static setting => setting.Key).ToHashSet(StringComparer.Ordinal);

    public Task<SettingsResult> InitializeAsync(CancellationToken cancellationToken = default)
        => throw new PluginException(DatabaseErrorKind.NotAuthorized, _id, $"The plugin '{_id}' may not initialise the settings of the database; the host does that at start, with the plugin's groups.");

    public Task<T> GetAsync<T>(Setting<T> setting, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(setting);
        return settings.GetAsync(Own(setting), cancellationToken);
    }

    public Task<T?> GetAsync<T>(string key, CancellationToken cancellationToken = default) => settings.GetAsync<T>(Own(key), cancellationToken);

    public Task SetAsync<T>(Setting<T> setting, T value, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(setting);
        return settings.SetAsync(Own(setting), value, cancellationToken);
    }

    public Task SetAsync<T>(string key, T value, CancellationToken cancellationToken = default) => settings.SetAsync(Own(key), value, cancellationToken);

    public Task<bool> IsSetAsync(string key, CancellationToken cancellationToken = default) => settings.IsSetAsync(Own(key), cancellationToken);

    public Task<IReadOnlyList<SettingValue>> GetGroupAsync(string groupId, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(groupId);
        return _groups.Contains(groupId) ? settings.GetGroupAsync(groupId, cancellationToken) : throw PluginId.ForeignSetting(_id, "group", groupId);
    }

    private Setting<T> Own<T>(Setting<T> setting)
    {
        Own(setting.Key);
        return setting;
    }

    private string Own(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return _keys.Contains(key) ? key : throw PluginId.ForeignSetting(_id, "key", key);
    }
}
