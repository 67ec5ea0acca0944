using DeployStack.Data.Settings;

namespace DeployStack.Data.Hosting.Configuration;

/// <summary>The configuration keys of settings. Words are not separated in them, for the binder looks for a property's name
/// and knows no <c>_</c>: <c>smtp.from_name</c> is <c>smtp:fromname</c> and binds to <c>FromName</c>.</summary>
internal static class SettingPath
{
    /// <summary>The whole key: the group's id as it is, then the name. A setting without a group has a name alone.</summary>
    public static string Of(SettingValue setting) => setting.GroupId is { } group ? $"{group}:{InGroup(setting)}" : InGroup(setting);

    /// <summary>The key inside the section of the group.</summary>
    public static string InGroup(SettingValue setting) => setting.Name
        .Replace("_", string.Empty, StringComparison.Ordinal)
        .Replace("-", string.Empty, StringComparison.Ordinal)
        .Replace('.', ':');
}
