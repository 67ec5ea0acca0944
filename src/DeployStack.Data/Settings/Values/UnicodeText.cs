namespace DeployStack.Data.Settings.Values;

/// <summary>Which texts the database can give back as they were.</summary>
internal static class UnicodeText
{
    /// <summary>Whether no half of a surrogate pair stands alone: UTF-8 has no form for it, and it would come back as another
    /// character.</summary>
    public static bool IsWhole(string text)
    {
        var rest = text.AsSpan();
        for (var at = rest.IndexOfAnyInRange('\uD800', '\uDFFF'); at >= 0; at = rest.IndexOfAnyInRange('\uD800', '\uDFFF'))
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
