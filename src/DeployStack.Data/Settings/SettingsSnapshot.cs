using DeployStack.Data.Settings.Current;
using DeployStack.Data.Settings.Secrets;
using DeployStack.Data.Settings.Values;
using DeployStack.Data.Settings.Writing;

namespace DeployStack.Data.Settings;

/// <summary>All settings at one moment: what is read from it belongs together.</summary>
/// <remarks>Immutable and thread-safe; later writes do not show in it. Secrets are kept as ciphertext and decrypted each
/// time they are asked for by name.</remarks>
public sealed class SettingsSnapshot
{
    private readonly SettingsBuilder _declared;
    private readonly StoredSecrets _secrets;
    private readonly SettingsScope? _scope;

    internal SettingsSnapshot(SettingsData data, SettingsBuilder declared, StoredSecrets secrets, SettingsScope? scope = null)
    {
        Data = data;
        _declared = declared;
        _secrets = secrets;
        _scope = scope;
    }

    /// <summary>Raised by every change of a setting or group, in this and in other processes.</summary>
    public long Version => Data.Version.Number;

    internal SettingsData Data { get; }

    /// <summary>The groups that may be asked for.</summary>
    internal IEnumerable<StoredGroup> StoredGroups => Data.Groups.Where(group => _scope is null || _scope.HasGroup(group.Id));

    /// <summary>The rows that may be asked for, in no order.</summary>
    internal IEnumerable<SettingEntry> Entries => Data.Entries.Where(entry => _scope is null || _scope.HasKey(entry.Key));

    /// <summary>All groups with their settings, in the order in which people see them, secrets masked.</summary>
    public IReadOnlyList<SettingGroupValues> Groups => [.. StoredGroups
        .Select(group => new SettingGroupValues(group.Id, group.Name, group.Description, group.Icon, group.SortOrder, Listed(group.Id)))];

    /// <summary>Reads a declared setting.</summary>
    /// <typeparam name="T">The type of its values.</typeparam>
    /// <param name="setting">Its declaration.</param>
    /// <returns>The stored value; the default where it is not set: absent, empty or white space.</returns>
    /// <exception cref="SettingException">The stored text is no <typeparamref name="T"/> (<see cref="DatabaseErrorKind.ResultShape"/>),
    /// or a secret that cannot be decrypted (<see cref="DatabaseErrorKind.SecretUnreadable"/>).</exception>
    public T Get<T>(Setting<T> setting)
    {
        ArgumentNullException.ThrowIfNull(setting);
        var entry = Find(setting.Key);
        return entry is { IsSet: true } ? Read(entry, setting.Codec, setting.IsSecret) : setting.Default;
    }

    /// <summary>Reads a setting by its key, declared or not.</summary>
    /// <typeparam name="T">A type that settings have, nullable or not.</typeparam>
    /// <param name="key">Its key.</param>
    /// <returns>The stored value; where it is not set the declared default, and without one the default of
    /// <typeparamref name="T"/>: <c>Get&lt;int?&gt;</c> tells 0 from nothing.</returns>
    /// <exception cref="SettingException">As for the other form.</exception>
    public T? Get<T>(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        var entry = Find(key);
        var declared = _declared.Settings.GetValueOrDefault(key);
        var codec = declared is Setting<T> setting ? setting.Codec : SettingCodec<T>.Get();
        if (entry is { IsSet: true })
        {
            return Read(entry, codec, declared is { IsSecret: true });
        }

        var text = declared?.DefaultText ?? entry?.Text;
        return text is null || (string.IsNullOrWhiteSpace(text) && typeof(T) != typeof(string)) ? default : Parse(key, text, codec);
    }

    /// <summary>Reads a setting that must be set.</summary>
    /// <typeparam name="T">The type of its values.</typeparam>
    /// <param name="setting">Its declaration.</param>
    /// <exception cref="SettingException">Nothing is stored (<see cref="DatabaseErrorKind.MissingOrReplaced"/>), not counting the
    /// default; or as for <see cref="Get{T}(Setting{T})"/>.</exception>
    public T GetRequired<T>(Setting<T> setting)
    {
        ArgumentNullException.ThrowIfNull(setting);
        return Find(setting.Key) is { IsSet: true } entry
            ? Read(entry, setting.Codec, setting.IsSecret)
            : throw new SettingException(DatabaseErrorKind.MissingOrReplaced, setting.Key, $"The setting '{setting.Key}' has no value, and one is required. Store one with ISettingsStore.SetAsync.");
    }

    /// <summary>Whether the database has the setting, with a value or without.</summary>
    /// <param name="key">Declared or not.</param>
    public bool Exists(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return Find(key) is not null;
    }

    /// <summary>Whether a value is stored that is neither empty nor white space; works for secrets as well, without a key.</summary>
    /// <param name="key">Declared or not.</param>
    public bool IsSet(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return Find(key) is { IsSet: true };
    }

    /// <summary>Describes one setting, masked if it is a secret.</summary>
    /// <param name="key">Declared or not.</param>
    /// <returns><see langword="null"/> where the database does not have it.</returns>
    public SettingValue? Describe(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return Find(key) is { } entry ? Describe(entry) : null;
    }

    /// <summary>The settings of a group in the order of their keys, secrets masked.</summary>
    /// <param name="groupId">The group's id.</param>
    /// <returns>Empty where the database has no such group.</returns>
    public IReadOnlyList<SettingValue> GetGroup(string groupId)
    {
        ArgumentNullException.ThrowIfNull(groupId);
        return _scope is null || _scope.HasGroup(groupId) ? Listed(groupId) : throw _scope.ForeignGroup(groupId);
    }

    /// <summary>Settings whose key contains a text, in the order of their keys, secrets masked.</summary>
    /// <param name="text">Taken literally, whatever its case: <c>%</c> and <c>_</c> stand for themselves. Empty finds all.</param>
    public IReadOnlyList<SettingValue> Search(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return [.. Entries
            .Where(entry => entry.Key.Contains(text, StringComparison.OrdinalIgnoreCase))
            .OrderBy(static entry => entry.Key, StringComparer.Ordinal)
            .Select(Describe)];
    }

    /// <summary>The same settings, of which only some may be asked for.</summary>
    internal SettingsSnapshot Confine(SettingsScope scope) => new(Data, _declared, _secrets, scope);

    /// <summary>Whether a setting is a secret; <see langword="null"/> for a key that is neither declared nor in the database,
    /// or that may not be asked for.</summary>
    internal bool? IsSecret(string key)
    {
        if (_scope is not null && !_scope.HasKey(key))
        {
            return null;
        }

        var (entry, setting) = (Data.Find(key), _declared.Settings.GetValueOrDefault(key));
        return entry is null && setting is null ? null : entry is { IsEncrypted: true } || setting is { IsSecret: true };
    }

    /// <summary>What a batch would do to the settings of this moment; nothing is written.</summary>
    /// <exception cref="SettingException">What would refuse it.</exception>
    internal BatchPlan Plan(SettingsBatch batch)
    {
        foreach (var change in batch.Changes)
        {
            _ = Find(change.Key); // refuses a key that may not be asked for
        }

        return new(batch, Data, _declared, _secrets, DateTimeOffset.UnixEpoch, pruneBefore: null);
    }

    /// <summary>The keys of settings that a reader finds changed in a later snapshot; a secret that was only encrypted anew is
    /// none.</summary>
    internal IReadOnlyList<string> Difference(SettingsSnapshot after) => SettingsData.Difference(Data, after.Data, IsSame);

    private bool IsSame(SettingEntry before, SettingEntry after) => before.IsDescribedLike(after)
        && (before.HasValueOf(after) || (before.IsCiphertext && after.IsCiphertext && _secrets.HoldSame(before.Key, before.Text, after.Text)));

    private SettingEntry? Find(string key) => _scope is null || _scope.HasKey(key) ? Data.Find(key) : throw _scope.ForeignKey(key);

    private T Read<T>(SettingEntry entry, SettingCodec<T> codec, bool isSecret)
    {
        if (entry.IsCiphertext || (isSecret && _secrets.IsCiphertext(entry.Text)))
        {
            return Parse(entry.Key, _secrets.Unprotect(entry.Key, entry.Text), codec);
        }

        return entry.TryRead(codec, out var value) ? value : throw Unreadable<T>(entry.Key);
    }

    private static T Parse<T>(string key, string text, SettingCodec<T> codec) => codec.TryRead(text, out var value) ? value : throw Unreadable<T>(key);

    private static SettingException Unreadable<T>(string key)
        => new(DatabaseErrorKind.ResultShape, key, $"The stored text of the setting '{key}' is no {typeof(T).Name}. It is unchanged; store a value of the right type, or read it as another.");

    private SettingValue[] Listed(string groupId) => [.. Data.InGroup(groupId).Where(entry => _scope is null || _scope.HasKey(entry.Key)).Select(Describe)];

    private SettingValue Describe(SettingEntry entry)
    {
        var setting = _declared.Settings.GetValueOrDefault(entry.Key);
        var isSecret = entry.IsEncrypted || setting is { IsSecret: true };
        var effective = entry.IsSet ? entry.Text : setting?.DefaultText ?? entry.Text;
        return new(
            entry.Key,
            entry.GroupId,
            setting?.Type ?? SettingCodec.TypeOf(entry.Type),
            isSecret ? null : effective,
            entry.IsSet,
            isSecret,
            entry.Description,
            StoredTime.ToTime(entry.UpdatedAt))
        {
            Name = entry.GroupId is null ? entry.Key : SettingKey.Relative(entry.GroupId, entry.Key),
            Version = SettingVersion.Of(entry, isSecret),
            IsRequired = setting is { IsRequired: true },
        };
    }
}
