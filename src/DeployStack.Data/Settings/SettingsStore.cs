using DeployStack.Data.Settings.Storage;
using DeployStack.Data.Settings.Values;
using Microsoft.Extensions.Logging;

namespace DeployStack.Data.Settings;

/// <summary>Between the declared types and the texts of the tables.</summary>
internal sealed class SettingsStore(SettingsTables tables, SettingsBuilder declared, ILogger logger) : ISettingsStore
{
    private readonly Dictionary<string, string> _groupOf = declared.Groups
        .SelectMany(static group => group.Settings.Select(setting => (setting.Key, group.Id)))
        .ToDictionary(static pair => pair.Key, static pair => pair.Id, StringComparer.Ordinal);

    public async Task<SettingsResult> InitializeAsync(CancellationToken cancellationToken = default)
    {
        var (plan, result) = await tables.InitializeAsync(declared.Groups, cancellationToken).ConfigureAwait(false);
        SettingsLog.Initialized(logger, "settings_initialize", result.Created.Count, result.Skipped.Count, result.Refreshed.Count);
        if (result.MissingRequired is { Count: > 0 } missing)
        {
            SettingsLog.RequiredMissing(logger, "settings_initialize", string.Join(", ", missing));
        }

        if (plan.PlainSecrets is { Count: > 0 } secrets)
        {
            SettingsLog.PlainSecrets(logger, "settings_initialize", string.Join(", ", secrets));
        }

        return result;
    }

    public async Task<T> GetAsync<T>(Setting<T> setting, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(setting);
        var stored = await tables.FindAsync(setting.Key, cancellationToken).ConfigureAwait(false);
        return stored is { IsSet: true } ? Read<T>(stored) : setting.Default;
    }

    public async Task<T?> GetAsync<T>(string key, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(key);
        var stored = await tables.FindAsync(key, cancellationToken).ConfigureAwait(false);
        if (stored is { IsSet: true })
        {
            return Read<T>(stored);
        }

        var text = declared.Settings.TryGetValue(key, out var setting) ? setting.DefaultText : stored?.Value;
        return text is null || (string.IsNullOrWhiteSpace(text) && typeof(T) != typeof(string)) ? default : Parse<T>(key, text);
    }

    public Task SetAsync<T>(Setting<T> setting, T value, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(setting);
        return SetAsync(setting.Key, value, cancellationToken);
    }

    public async Task SetAsync<T>(string key, T value, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(key);
        if (!declared.Settings.TryGetValue(key, out var setting))
        {
            throw new SettingException(DatabaseErrorKind.InvalidParameter, key, $"The setting '{key}' is not declared, so its type is unknown; nothing was written. Declare it in a SettingGroup and add that with AddSettings.");
        }

        var text = Write(setting, value);
        if (setting.IsSecret && text.Length > 0)
        {
            throw SettingsTables.NoEncryption(key);
        }

        if (await tables.StoreAsync(setting, _groupOf[key], text, cancellationToken).ConfigureAwait(false))
        {
            SettingsLog.Written(logger, "settings_set", key);
        }
    }

    public async Task<bool> IsSetAsync(string key, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(key);
        return await tables.FindAsync(key, cancellationToken).ConfigureAwait(false) is { IsSet: true };
    }

    public async Task<IReadOnlyList<SettingValue>> GetGroupAsync(string groupId, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(groupId);
        return [.. (await tables.FindGroupAsync(groupId, cancellationToken).ConfigureAwait(false)).Select(Describe)];
    }

    private static string Write<T>(Setting setting, T value)
    {
        var codec = SettingCodec<T>.Get();
        var text = codec.Type == setting.Type ? codec.Write(value) : null;
        return text is not null && (text.Length == 0 || setting.Accepts(text)) ? text
            : throw new SettingException(DatabaseErrorKind.InvalidParameter, setting.Key, $"The setting '{setting.Key}' is declared as {SettingCodec.NameOf(setting.Type)} and was given a {typeof(T).Name} that does not fit; nothing was written.");
    }

    private static T Read<T>(StoredSetting stored) => stored.IsCiphertext
        ? throw new SettingException(DatabaseErrorKind.SecretUnreadable, stored.Key, $"The secret '{stored.Key}' is stored encrypted, and decryption of secrets is not available in this version. The stored value is unchanged.")
        : Parse<T>(stored.Key, stored.Value);

    private static T Parse<T>(string key, string text) => SettingCodec<T>.Get().TryRead(text, out var value) ? value
        : throw new SettingException(DatabaseErrorKind.ResultShape, key, $"The stored text of the setting '{key}' is no {typeof(T).Name}. It is unchanged; store a value of the right type, or read it as another.");

    private SettingValue Describe(StoredSetting stored)
    {
        var setting = declared.Settings.GetValueOrDefault(stored.Key);
        var isSecret = stored.IsEncrypted != 0 || setting is { IsSecret: true };
        var effective = stored.IsSet ? stored.Value : setting?.DefaultText ?? stored.Value;
        return new(stored.Key, SettingCodec.TypeOf(stored.Type), isSecret ? null : effective, stored.IsSet, isSecret, stored.Description, DateTimeOffset.FromUnixTimeSeconds(stored.UpdatedAt));
    }
}
