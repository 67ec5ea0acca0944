namespace DeployStack.Data.Sqlite.Handles.Principals;

/// <summary>Finds names in SQL text, wherever they stand: in quotes, strings and comments as well, which errs on the safe side.</summary>
internal static class Names
{
    /// <summary>Whether the name is simple enough to be found by its characters: SQL cannot spell it in another way.</summary>
    public static bool IsPlain(string name) => name.Length > 0 && name.All(static c => IsPart(c) || c is '-' or '.' or ' ');

    /// <summary>Whether the whole name stands in the text.</summary>
    public static bool Mentions(string sql, string name)
    {
        for (var at = Find(sql, name, 0); at >= 0; at = Find(sql, name, at + 1))
        {
            var end = at + name.Length;
            if (IsBegin(sql, at) && (end == sql.Length || !IsPart(sql[end])))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether a name that begins so stands in the text.</summary>
    public static bool Begins(string sql, string beginning)
    {
        for (var at = Find(sql, beginning, 0); at >= 0; at = Find(sql, beginning, at + 1))
        {
            if (IsBegin(sql, at))
            {
                return true;
            }
        }

        return false;
    }

    private static int Find(string sql, string name, int from) => from <= sql.Length ? sql.IndexOf(name, from, StringComparison.OrdinalIgnoreCase) : -1;

    private static bool IsBegin(string sql, int at) => at == 0 || !IsPart(sql[at - 1]);

    // Not the characters beyond ASCII, which names may hold as well: SQLite takes a byte order mark for white space.
    private static bool IsPart(char c) => char.IsAsciiLetterOrDigit(c) || c is '_' or '$';
}
