using System.Buffers;

namespace DeployStack.Data.Settings.Values;

/// <summary>Which texts the database can give back as they were.</summary>
internal static class UnicodeText
{
    private static readonly SearchValues<char> _surrogates = SearchValues.Create([.. Enumerable.Range(0xD800, 0x800).Select(static c => (char)c)]);

    /// <summary>Whether no half of a surrogate pair stands alone: UTF-8 has no form for it, and it would come back as another
    /// character.</summary>
    public static bool IsWhole(string text)
    {
        var rest = text.AsSpan();
        for (var at = rest.IndexOfAny(_surrogates); at >= 0; at = rest.IndexOfAny(_surrogates))
        {
            if (at + 1 == rest.Length || !char.IsSurrogatePair(rest[at], rest[at + 1]))
            {
                return false;
            }

            rest = rest[(at + 2)..];
        }

        return true;
    }
}
