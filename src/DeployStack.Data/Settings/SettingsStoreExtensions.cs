namespace DeployStack.Data.Settings;

/// <summary>Single settings, read from the snapshot that is current and written as a batch of one.</summary>
public static class SettingsStoreExtensions
{
    /// <summary>Reads a declared setting.</summary>
    /// <inheritdoc cref="SettingsSnapshot.Get{T}(Setting{T})"/>
    /// <param name="store">The settings.</param>
    /// <param name="setting">Its declaration.</param>
    /// <param name="cancellationToken">Stops a read that is necessary within 50 ms.</param>
    public static ValueTask<T> GetAsync<T>(this ISettingsStore store, Setting<T> setting, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        var snapshot = store.GetSnapshotAsync(cancellationToken);
        return snapshot.IsCompletedSuccessfully ? new(snapshot.Result.Get(setting)) : AwaitAsync(snapshot, setting);

        static async ValueTask<T> AwaitAsync(ValueTask<SettingsSnapshot> snapshot, Setting<T> setting) => (await snapshot.ConfigureAwait(false)).Get(setting);
    }

    /// <summary>Reads a setting by its key, declared or not.</summary>
    /// <inheritdoc cref="SettingsSnapshot.Get{T}(string)"/>
    /// <param name="store">The settings.</param>
    /// <param name="key">Its key.</param>
    /// <param name="cancellationToken">Stops a read that is necessary within 50 ms.</param>
    public static async ValueTask<T?> GetAsync<T>(this ISettingsStore store, string key, CancellationToken cancellationToken = default)
        => (await Of(store, cancellationToken).ConfigureAwait(false)).Get<T>(key);

    /// <summary>Reads a setting by its key, or takes a value of the caller where it is not set.</summary>
    /// <typeparam name="T">A type that settings have.</typeparam>
    /// <param name="store">The settings.</param>
    /// <param name="key">Declared or not; a declared default is not used.</param>
    /// <param name="fallback">What is returned where nothing is stored.</param>
    /// <param name="cancellationToken">Stops a read that is necessary within 50 ms.</param>
    /// <exception cref="SettingException">The stored text is no <typeparamref name="T"/>, or cannot be decrypted.</exception>
    public static async ValueTask<T> GetAsync<T>(this ISettingsStore store, string key, T fallback, CancellationToken cancellationToken = default)
    {
        var snapshot = await Of(store, cancellationToken).ConfigureAwait(false);
        return snapshot.IsSet(key) ? snapshot.Get<T>(key)! : fallback;
    }

    /// <summary>Reads a setting that must be set.</summary>
    /// <inheritdoc cref="SettingsSnapshot.GetRequired{T}(Setting{T})"/>
    /// <param name="store">The settings.</param>
    /// <param name="setting">Its declaration.</param>
    /// <param name="cancellationToken">Stops a read that is necessary within 50 ms.</param>
    public static async ValueTask<T> GetRequiredAsync<T>(this ISettingsStore store, Setting<T> setting, CancellationToken cancellationToken = default)
        => (await Of(store, cancellationToken).ConfigureAwait(false)).GetRequired(setting);

    /// <summary>Whether a value is stored that is neither empty nor white space; works for secrets as well, without a key.</summary>
    /// <param name="store">The settings.</param>
    /// <param name="key">Declared or not.</param>
    /// <param name="cancellationToken">Stops a read that is necessary within 50 ms.</param>
    public static async ValueTask<bool> IsSetAsync(this ISettingsStore store, string key, CancellationToken cancellationToken = default)
        => (await Of(store, cancellationToken).ConfigureAwait(false)).IsSet(key);

    /// <summary>Whether the database has the setting, with a value or without.</summary>
    /// <param name="store">The settings.</param>
    /// <param name="key">Declared or not.</param>
    /// <param name="cancellationToken">Stops a read that is necessary within 50 ms.</param>
    public static async ValueTask<bool> ExistsAsync(this ISettingsStore store, string key, CancellationToken cancellationToken = default)
        => (await Of(store, cancellationToken).ConfigureAwait(false)).Exists(key);

    /// <summary>Describes several settings of one moment, secrets masked.</summary>
    /// <param name="store">The settings.</param>
    /// <param name="keys">Declared or not; those that the database does not have are left out.</param>
    /// <param name="cancellationToken">Stops a read that is necessary within 50 ms.</param>
    public static async ValueTask<IReadOnlyDictionary<string, SettingValue>> GetManyAsync(this ISettingsStore store, IEnumerable<string> keys, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(keys);
        var snapshot = await Of(store, cancellationToken).ConfigureAwait(false);
        return keys.Distinct(StringComparer.Ordinal).Select(snapshot.Describe).OfType<SettingValue>().ToDictionary(static value => value.Key, StringComparer.Ordinal);
    }

    /// <summary>Describes the settings of a group.</summary>
    /// <inheritdoc cref="SettingsSnapshot.GetGroup"/>
    /// <param name="store">The settings.</param>
    /// <param name="groupId">The group's id.</param>
    /// <param name="cancellationToken">Stops a read that is necessary within 50 ms.</param>
    public static async ValueTask<IReadOnlyList<SettingValue>> GetGroupAsync(this ISettingsStore store, string groupId, CancellationToken cancellationToken = default)
        => (await Of(store, cancellationToken).ConfigureAwait(false)).GetGroup(groupId);

    /// <summary>Describes all groups with their settings, secrets masked.</summary>
    /// <param name="store">The settings.</param>
    /// <param name="cancellationToken">Stops a read that is necessary within 50 ms.</param>
    public static async ValueTask<IReadOnlyList<SettingGroupValues>> GetGroupsAsync(this ISettingsStore store, CancellationToken cancellationToken = default)
        => (await Of(store, cancellationToken).ConfigureAwait(false)).Groups;

    /// <summary>Finds settings whose key contains a text.</summary>
    /// <inheritdoc cref="SettingsSnapshot.Search"/>
    /// <param name="store">The settings.</param>
    /// <param name="text">Taken literally, whatever its case: <c>%</c> and <c>_</c> stand for themselves. Empty finds all.</param>
    /// <param name="cancellationToken">Stops a read that is necessary within 50 ms.</param>
    public static async ValueTask<IReadOnlyList<SettingValue>> SearchAsync(this ISettingsStore store, string text, CancellationToken cancellationToken = default)
        => (await Of(store, cancellationToken).ConfigureAwait(false)).Search(text);

    /// <summary>Stores a value; a value that is there already is not written again.</summary>
    /// <typeparam name="T">The type of its values.</typeparam>
    /// <param name="store">The settings.</param>
    /// <param name="setting">Its declaration.</param>
    /// <param name="value">An empty value unsets the setting.</param>
    /// <param name="cancellationToken">As for a write.</param>
    /// <returns>Whether it differed from what was there.</returns>
    /// <exception cref="SettingException">As for <see cref="ISettingsStore.WriteAsync"/>.</exception>
    public static Task<bool> SetAsync<T>(this ISettingsStore store, Setting<T> setting, T value, CancellationToken cancellationToken = default)
        => WriteAsync(store, new SettingsBatch(capacity: 1).Set(setting, value), cancellationToken);

    /// <summary>Stores a value by key.</summary>
    /// <typeparam name="T">A type of the declared kind: a string for a string, a number for a number, a bool for a boolean.</typeparam>
    /// <param name="store">The settings.</param>
    /// <param name="key">A declared setting, or one that the database has.</param>
    /// <param name="value">An empty value unsets the setting.</param>
    /// <param name="cancellationToken">As for a write.</param>
    /// <returns>Whether it differed from what was there.</returns>
    /// <exception cref="SettingException">As for <see cref="ISettingsStore.WriteAsync"/>.</exception>
    public static Task<bool> SetAsync<T>(this ISettingsStore store, string key, T value, CancellationToken cancellationToken = default)
        => WriteAsync(store, new SettingsBatch(capacity: 1).Set(key, value), cancellationToken);

    /// <summary>Takes the value of a setting away; it stays and is read as its default.</summary>
    /// <param name="store">The settings.</param>
    /// <param name="key">A declared setting, or one that the database has.</param>
    /// <param name="cancellationToken">As for a write.</param>
    /// <returns>Whether there was a value.</returns>
    /// <exception cref="SettingException">As for <see cref="ISettingsStore.WriteAsync"/>.</exception>
    public static Task<bool> UnsetAsync(this ISettingsStore store, string key, CancellationToken cancellationToken = default)
        => WriteAsync(store, new SettingsBatch(capacity: 1).Unset(key), cancellationToken);

    /// <summary>Deletes the row of a setting; a declared one is created again by the next initialisation.</summary>
    /// <param name="store">The settings.</param>
    /// <param name="key">Its key.</param>
    /// <param name="cancellationToken">As for a write.</param>
    /// <returns>Whether it was there.</returns>
    /// <exception cref="SettingException">As for <see cref="ISettingsStore.WriteAsync"/>.</exception>
    public static Task<bool> DeleteAsync(this ISettingsStore store, string key, CancellationToken cancellationToken = default)
        => WriteAsync(store, new SettingsBatch(capacity: 1).Delete(key), cancellationToken);

    private static ValueTask<SettingsSnapshot> Of(ISettingsStore store, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(store);
        return store.GetSnapshotAsync(cancellationToken);
    }

    private static async Task<bool> WriteAsync(ISettingsStore store, SettingsBatch batch, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(store);
        return (await store.WriteAsync(batch, cancellationToken).ConfigureAwait(false)).Changed.Count > 0;
    }
}
