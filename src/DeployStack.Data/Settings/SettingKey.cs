namespace DeployStack.Data.Settings;

/// <summary>The rule for keys of settings and ids of groups.</summary>
internal static class SettingKey
{
    private const int MaxLength = 255;

    public static bool Fits(string key) => key.Length is > 0 and <= MaxLength && key.All(static c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-');

    public static string Check(string key, string argument)
    {
        ArgumentNullException.ThrowIfNull(key, argument);
        return Fits(key)
            ? key
            : throw new ArgumentException($"'{key}' is no key: 1 to {MaxLength} letters (A to Z), digits, '.', '_' and '-' are.", argument);
    }

    /// <summary>The key without the dotted beginning that says the same as the group's id, whatever separates its words:
    /// <c>client_id</c> for <c>github.oauth.client_id</c> in <c>github-oauth</c>. Without such a beginning, the whole key.</summary>
    public static string Relative(string groupId, string key)
    {
        var end = -1;
        for (var dot = key.IndexOf('.', StringComparison.Ordinal); dot > 0 && dot < key.Length - 1; dot = key.IndexOf('.', dot + 1))
        {
            if (SaySame(groupId, key.AsSpan(0, dot)))
            {
                end = dot;
            }
        }

        return end < 0 ? key : key[(end + 1)..];
    }

    private static bool SaySame(ReadOnlySpan<char> one, ReadOnlySpan<char> other)
    {
        var (i, j) = (0, 0);
        while (true)
        {
            while (i < one.Length && !char.IsAsciiLetterOrDigit(one[i]))
            {
                i++;
            }

            while (j < other.Length && !char.IsAsciiLetterOrDigit(other[j]))
            {
                j++;
            }

            if (i == one.Length || j == other.Length)
            {
                return i == one.Length && j == other.Length;
            }

            if (char.ToLowerInvariant(one[i++]) != char.ToLowerInvariant(other[j++]))
            {
                return false;
            }
        }
    }
}
