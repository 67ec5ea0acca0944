using DeployStack.Data.Settings.Current;
using DeployStack.Data.Settings.Writing;

namespace DeployStack.Data.Settings;

/// <summary>Collects the groups that an application and its parts declare.</summary>
public sealed class SettingsBuilder
{
    private readonly List<SettingGroup> _groups = [];
    private readonly Dictionary<string, Setting> _settings = new(StringComparer.Ordinal);
    private readonly List<Setting> _secrets = [];
    private readonly Dictionary<string, RowMetadata> _metadata = new(StringComparer.Ordinal);

    /// <summary>The groups in the order in which they were added.</summary>
    public IReadOnlyList<SettingGroup> Groups => _groups;

    /// <summary>How the store keeps current and what it keeps.</summary>
    public SettingsOptions Options { get; } = new();

    /// <summary>Adds a group with its settings.</summary>
    /// <param name="group">Its id, and the keys of its settings, must be new: nobody overrides what another part declared.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentException">An id or key is declared twice, a setting is null, or a secret has a default.</exception>
    public SettingsBuilder Add(SettingGroup group)
    {
        ArgumentNullException.ThrowIfNull(group);
        if (_groups.Exists(each => string.Equals(each.Id, group.Id, StringComparison.Ordinal)))
        {
            throw new ArgumentException($"The setting group '{group.Id}' is declared twice.", nameof(group));
        }

        // all are checked before one is taken
        var keys = new HashSet<string>(_settings.Keys, StringComparer.Ordinal);
        foreach (var setting in group.Settings)
        {
            Check(group, setting);
            if (!keys.Add(setting.Key))
            {
                throw new ArgumentException($"The setting '{setting.Key}' of group '{group.Id}' is declared twice.", nameof(group));
            }
        }

        foreach (var setting in group.Settings)
        {
            _settings.Add(setting.Key, setting);
            if (setting.IsSecret)
            {
                _secrets.Add(setting);
            }

            _metadata.Add(setting.Key, RowMetadata.Of(setting, group.Id));
        }

        _groups.Add(group);
        return this;
    }

    /// <summary>The settings of all groups by key.</summary>
    internal IReadOnlyDictionary<string, Setting> Settings => _settings;

    /// <summary>What a new row of a declared setting is described by.</summary>
    internal RowMetadata MetadataOf(Setting setting) => _metadata[setting.Key];

    /// <summary>Whether a setting is a secret, by its declaration or by its row.</summary>
    internal bool IsSecret(string key, SettingEntry? entry) => entry is { IsEncrypted: true } || _settings.GetValueOrDefault(key) is { IsSecret: true };

    /// <summary>Whether a declared secret stands in the database as plain text.</summary>
    internal bool HasPlainSecret(SettingsData data) => _secrets.Exists(secret => data.Find(secret.Key) is { IsEncrypted: false, IsSet: true });

    /// <summary>The group of a declared setting.</summary>
    internal string GroupOf(string key) => _metadata[key].GroupId!;

    private static void Check(SettingGroup group, Setting? setting)
    {
        if (setting is null)
        {
            throw new ArgumentException($"A setting of group '{group.Id}' is null. Static fields are initialised in the order in which they are written: declare the settings above the group.", nameof(group));
        }

        if (setting.DefaultText.Length > 0 && setting.FindFault(setting.DefaultText) is { } fault)
        {
            throw new ArgumentException($"The default of the setting '{setting.Key}' does not fulfil its own declaration: it {fault}.", nameof(group));
        }

        if (setting.IsSecret && setting.DefaultText.Length > 0)
        {
            throw new ArgumentException($"The secret '{setting.Key}' has a default, which would stand in the source code and in the database as plain text. Leave it out.", nameof(group));
        }
    }
}
