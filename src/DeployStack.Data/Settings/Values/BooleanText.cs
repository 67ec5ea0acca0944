namespace DeployStack.Data.Settings.Values;

/// <summary>The words for yes and no, whatever their case, that DeployStack has always understood.</summary>
internal static class BooleanText
{
    private static readonly string[] _yes = ["true", "1", "yes", "on", "enabled"];
    private static readonly string[] _no = ["false", "0", "no", "off", "disabled"];

    public static bool? Read(string text)
    {
        var word = text.AsSpan().Trim();
        return Is(word, _yes) ? true : Is(word, _no) ? false : null;
    }

    private static bool Is(ReadOnlySpan<char> word, string[] words)
    {
        foreach (var each in words)
        {
            if (word.Equals(each, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}
