using DeployStack.Data.Settings;

namespace DeployStack.Data.Hosting.Configuration;

/// <summary>The settings of a database as readers of configuration know them: those that are stored, and those that are only
/// declared.</summary>
internal static class PublishedSettings
{
    /// <param name="snapshot">What is stored; <see langword="null"/> where there is no database yet.</param>
    /// <param name="declared">What the application declares.</param>
    /// <param name="groupId">One group; <see langword="null"/> for all, and for settings without one.</param>
    /// <returns>In the order of their keys, secrets masked.</returns>
    public static IEnumerable<SettingValue> In(SettingsSnapshot? snapshot, SettingsBuilder declared, string? groupId = null)
    {
        var stored = snapshot is null ? [] : groupId is null ? snapshot.Search(string.Empty) : snapshot.GetGroup(groupId);
        return stored
            .Concat(from @group in declared.Groups
                    where groupId is null || string.Equals(@group.Id, groupId, StringComparison.Ordinal)
                    from setting in @group.Settings
                    where snapshot is null || !snapshot.Exists(setting.Key)
                    select Of(@group, setting))
            .OrderBy(static setting => setting.Key, StringComparer.Ordinal);
    }

    /// <summary>The text of a setting: what is stored, or the declared default.</summary>
    /// <returns><see langword="null"/> where there is neither.</returns>
    /// <exception cref="SettingException">It is a secret that cannot be decrypted.</exception>
    public static string? TextOf(SettingValue setting, SettingsSnapshot? snapshot)
    {
        var text = setting is { IsSecret: true, IsSet: true } ? snapshot?.Get<string>(setting.Key) : setting.Value;
        return string.IsNullOrWhiteSpace(text) ? null : text;
    }

    private static SettingValue Of(SettingGroup group, Setting setting)
        => new(setting.Key, group.Id, setting.Type, setting.IsSecret ? null : setting.DefaultText, IsSet: false, setting.IsSecret, setting.Description, DateTimeOffset.UnixEpoch)
        {
            Name = SettingKey.Relative(group.Id, setting.Key),
            Version = SettingsBatch.AbsentVersion,
            IsRequired = setting.IsRequired,
        };
}
