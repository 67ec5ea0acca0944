namespace DeployStack.Data.Plugins;

/// <summary>The rules for ids: from an id follows what a plugin owns.</summary>
internal static class PluginId
{
    private const int MaxLength = 64;

    // what SQLite, this library and DeployStack name their own objects with
    private static readonly string[] _reserved = ["deploystack", "sqlite", "pragma", "json", "jsonb", "generate", "globalSettings", "globalSettingGroups", "main", "temp"];

    public static void Check(string id, string argument)
    {
        ArgumentNullException.ThrowIfNull(id, argument);
        if (id.Length is 0 or > MaxLength || !char.IsAsciiLetter(id[0]) || !id.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'))
        {
            throw new ArgumentException($"'{id}' is no plugin id: 1 to {MaxLength} letters (A to Z), digits, '-' and '_', the first a letter, are.", argument);
        }

        if (Array.Find(_reserved, word => Clash(word, id)) is { } reserved)
        {
            throw new ArgumentException($"The plugin id '{id}' is not free: names that begin with '{reserved}_' are reserved. Choose another id.", argument);
        }
    }

    /// <summary>Whether a name could belong to both.</summary>
    public static bool Clash(string one, string other)
        => one.Equals(other, StringComparison.OrdinalIgnoreCase)
            || other.StartsWith(one + "_", StringComparison.OrdinalIgnoreCase)
            || one.StartsWith(other + "_", StringComparison.OrdinalIgnoreCase);

    /// <summary>The id as it is stored: case does not count.</summary>
    public static string Stored(string id) => id.ToLowerInvariant();

    /// <summary>Whether a table, view, index or trigger of this name is the plugin's.</summary>
    public static bool Owns(string id, string name) => name.Length > id.Length + 1 && name.StartsWith(id + "_", StringComparison.OrdinalIgnoreCase);

    public static bool OwnsKey(string id, string key) => key.StartsWith(id + ".", StringComparison.Ordinal);

    public static bool OwnsGroup(string id, string groupId) => groupId.Equals(id, StringComparison.Ordinal) || OwnsKey(id, groupId);

    public static PluginException ForeignSetting(string id, string what, string name) => new(
        DatabaseErrorKind.NotAuthorized,
        id,
        $"The plugin '{id}' may not use the setting {what} '{name}': what is its own begins with '{id}.' and is declared by it (PluginBuilder.AddSettings). Nothing was read or written.");
}
