namespace DeployStack.Data.Settings;

/// <summary>Which settings are watched.</summary>
public readonly record struct SettingFilter
{
    private readonly string? _key;
    private readonly string? _groupId;

    private SettingFilter(string? key, string? groupId)
    {
        _key = key;
        _groupId = groupId;
    }

    /// <summary>All settings; also what <c>default</c> is.</summary>
    public static SettingFilter All => default;

    /// <summary>One setting.</summary>
    /// <param name="key">Declared or not.</param>
    public static SettingFilter Key(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return new(key, groupId: null);
    }

    /// <summary>Those of a group, before or after the change.</summary>
    /// <param name="groupId">The group's id.</param>
    public static SettingFilter Group(string groupId)
    {
        ArgumentNullException.ThrowIfNull(groupId);
        return new(key: null, groupId);
    }

    internal string? WatchedKey => _key;

    internal string? WatchedGroup => _groupId;

    /// <summary>Whether a changed setting is watched; it may be in the one snapshot, the other, or both.</summary>
    internal bool Matches(string key, SettingsSnapshot before, SettingsSnapshot after)
        => (_key is null || string.Equals(_key, key, StringComparison.Ordinal))
        && (_groupId is null || IsIn(key, before) || IsIn(key, after));

    private bool IsIn(string key, SettingsSnapshot snapshot) => string.Equals(snapshot.Data.Find(key)?.GroupId, _groupId, StringComparison.Ordinal);
}
