using DeployStack.Data.Settings;
using Microsoft.Extensions.Configuration;

namespace DeployStack.Data.Hosting.Configuration;

/// <summary>The settings of a group as entries of a configuration, secrets included; they bind to an object.</summary>
internal sealed class GroupValues
{
    private readonly List<(string Key, List<KeyValuePair<string, string?>> Entries)> _settings = [];
    private readonly string _groupId;
    private SettingException? _fault;

    private GroupValues(string groupId) => _groupId = groupId;

    public static GroupValues Of(SettingsSnapshot? snapshot, SettingsBuilder declared, string groupId)
    {
        var values = new GroupValues(groupId);
        foreach (var setting in PublishedSettings.In(snapshot, declared, groupId))
        {
            try
            {
                if (PublishedSettings.TextOf(setting, snapshot) is { } text)
                {
                    values._settings.Add((setting.Key, [.. SettingFlattener.Flatten(SettingPath.InGroup(setting), setting.Type, text, declared.Settings.GetValueOrDefault(setting.Key))]));
                }
            }
            catch (SettingException error) // a secret; thrown to whoever binds
            {
                values._fault ??= error;
            }
        }

        return values;
    }

    public bool IsSameAs(GroupValues other)
        => string.Equals(_fault?.Message, other._fault?.Message, StringComparison.Ordinal)
        && _settings.Count == other._settings.Count
        && _settings.Zip(other._settings).All(static pair => string.Equals(pair.First.Key, pair.Second.Key, StringComparison.Ordinal) && pair.First.Entries.SequenceEqual(pair.Second.Entries));

    /// <exception cref="SettingException">A secret cannot be decrypted, or a setting does not bind; the message names it. The
    /// binder's own error is not passed on, because it holds the value.</exception>
    public void BindTo<T>(T options, Action<T, IConfiguration> bind)
    {
        if (_fault is not null)
        {
            throw new SettingException(_fault.Kind, _fault.Key, _fault.Message);
        }

        if (!TryBind(options, bind, _settings.SelectMany(static setting => setting.Entries)))
        {
            // the object is thrown away: each setting is tried alone, to tell which it is
            var keys = _settings.Where(setting => !TryBind(options, bind, setting.Entries)).Select(static setting => setting.Key).ToList();
            throw new SettingException(
                DatabaseErrorKind.ResultShape,
                keys.FirstOrDefault(string.Empty),
                $"{Named(keys)} cannot be bound to {typeof(T).Name}: the stored text is no value of the property's type, or the property refuses it. What is stored is unchanged. Store a value that fits, or change the property.");
        }
    }

    private static bool TryBind<T>(T options, Action<T, IConfiguration> bind, IEnumerable<KeyValuePair<string, string?>> entries)
    {
        var values = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        foreach (var (path, value) in entries)
        {
            values.TryAdd(path, value);
        }

        try
        {
            bind(options, new ConfigurationBuilder().AddInMemoryCollection(values).Build());
            return true;
        }
        catch (Exception error) when (error is not OutOfMemoryException) // its message holds the value; the caller throws another
        {
            return false;
        }
    }

    private string Named(List<string> keys) => keys.Count switch
    {
        0 => $"The settings of the group '{_groupId}'",
        1 => $"The setting '{keys[0]}'",
        _ => $"The settings {string.Join(", ", keys.Select(static key => $"'{key}'"))}",
    };
}
