namespace DeployStack.Data.Settings;

/// <summary>The rule for keys of settings and ids of groups.</summary>
internal static class SettingKey
{
    private const int MaxLength = 255;

    public static string Relative(string groupId, string key) => key.StartsWith(groupId + ".", StringComparison.Ordinal) ? key[(groupId.Length + 1)..] : key;

    public static bool Fits(string key) => key.Length is > 0 and <= MaxLength && key.All(static c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-');

    public static string Check(string key, string argument)
    {
        ArgumentNullException.ThrowIfNull(key, argument);
        return Fits(key)
            ? key
            : throw new ArgumentException($"'{key}' is no key: 1 to {MaxLength} letters (A to Z), digits, '.', '_' and '-' are.", argument);
    }
}
