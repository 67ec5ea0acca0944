using DeployStack.Data.Hosting.Diagnostics;
using DeployStack.Data.Settings;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Primitives;

namespace DeployStack.Data.Hosting.Configuration;

/// <summary>Settings of one database as a source of configuration: empty until a host has started. A configuration may build
/// several providers from it, one after the other; what was read belongs to the source.</summary>
internal sealed class SettingsConfigurationSource(SettingsConfigurationOptions options) : IConfigurationSource, ISettingsFollower
{
    private readonly HashSet<string> _told = new(StringComparer.Ordinal);
    private Dictionary<string, string?> _values = new(StringComparer.OrdinalIgnoreCase);
    private ConfigurationReloadToken _changed = new();

    public string Database => options.Database;

    public IReadOnlyDictionary<string, string?> Values => Volatile.Read(ref _values);

    /// <summary>Where it tells of what it leaves out; there is no logger before there is a host.</summary>
    public ILogger Logger { get; set; } = NullLogger.Instance;

    public IConfigurationProvider Build(IConfigurationBuilder builder) => new SettingsConfigurationProvider(this);

    public IChangeToken GetChangeToken() => Volatile.Read(ref _changed);

    public void Take(SettingsSnapshot snapshot, SettingsBuilder declared)
    {
        var values = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        foreach (var setting in PublishedSettings.In(snapshot, declared).Where(IsIncluded))
        {
            if (PathOf(setting) is { } path && TextOf(setting, snapshot) is { } text)
            {
                AddTo(values, setting, SettingFlattener.Flatten(path, setting.Type, text, declared.Settings.GetValueOrDefault(setting.Key)));
            }
        }

        if (values.Count == _values.Count && values.All(each => _values.TryGetValue(each.Key, out var old) && string.Equals(old, each.Value, StringComparison.Ordinal)))
        {
            return;
        }

        Volatile.Write(ref _values, values);
        Interlocked.Exchange(ref _changed, new()).OnReload();
    }

    private bool IsIncluded(SettingValue setting) => !setting.IsSecret || options.IncludeSecrets || options.Secrets.Contains(setting.Key);

    private string? PathOf(SettingValue setting)
    {
        var path = options.MapKey is { } map ? map(setting) : SettingPath.Of(setting);
        return string.IsNullOrEmpty(path) ? null : options.Prefix.Length == 0 ? path : $"{options.Prefix}:{path}";
    }

    private string? TextOf(SettingValue setting, SettingsSnapshot snapshot)
    {
        try
        {
            var text = PublishedSettings.TextOf(setting, snapshot);
            _told.Remove(setting.Key);
            return text;
        }
        catch (SettingException error) // the application starts without the secret
        {
            if (_told.Add(setting.Key))
            {
                HostingLog.SecretLeftOut(Logger, "load_settings", setting.Key, error);
            }

            return null;
        }
    }

    private void AddTo(Dictionary<string, string?> values, SettingValue setting, IEnumerable<KeyValuePair<string, string?>> entries)
    {
        foreach (var (path, value) in entries)
        {
            if (!values.TryAdd(path, value) && _told.Add(path))
            {
                HostingLog.ConfigurationKeyTaken(Logger, "load_settings", setting.Key, setting.IsSecret ? PathOf(setting)! : path); // below a secret's path stand names out of its JSON
            }
        }
    }
}
