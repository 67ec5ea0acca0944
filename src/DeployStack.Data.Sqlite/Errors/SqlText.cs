namespace DeployStack.Data.Sqlite.Errors;

/// <summary>Looks into SQL text for what may be repeated outside it: names, never literals.</summary>
internal static class SqlText
{
    /// <summary>Whether every part of a dotted name stands in the SQL as a bare word: outside literals, quotes and comments.</summary>
    public static bool HasName(string? sql, string name)
        => sql is not null && name.Length > 0 && Words(sql) is var words && Array.TrueForAll(name.Split('.'), words.Contains);

    /// <summary>The bare words of the SQL.</summary>
    public static HashSet<string> Words(string sql)
    {
        var words = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var at = 0;
        while (at < sql.Length)
        {
            var next = Skip(sql, at);
            if (next > at)
            {
                at = next;
            }
            else if (IsWord(sql[at]))
            {
                var start = at;
                while (at < sql.Length && IsWord(sql[at]))
                {
                    at++;
                }

                if (!char.IsAsciiDigit(sql[start]))
                {
                    words.Add(sql[start..at]);
                }
            }
            else
            {
                at++;
            }
        }

        return words;
    }

    /// <summary>Where a text stands in the SQL, for a message: line and column, if it stands there exactly once.</summary>
    public static string? Place(string? sql, string text)
    {
        if (sql is null || text.Length == 0 || sql.IndexOf(text, StringComparison.Ordinal) is not (>= 0 and var at) || sql.IndexOf(text, at + 1, StringComparison.Ordinal) >= 0)
        {
            return null;
        }

        var before = sql.AsSpan(0, at);
        return $"line {before.Count('\n') + 1}, column {at - before.LastIndexOf('\n')}";
    }

    // Past a quoted text or a comment that begins here; the same position if none does.
    private static int Skip(string sql, int at) => sql[at] switch
    {
        '\'' or '"' or '`' => After(sql, sql[at].ToString(), at + 1),
        '[' => After(sql, "]", at + 1),
        '-' when at + 1 < sql.Length && sql[at + 1] == '-' => After(sql, "\n", at + 2),
        '/' when at + 1 < sql.Length && sql[at + 1] == '*' => After(sql, "*/", at + 2),
        _ => at,
    };

    private static int After(string sql, string end, int from)
        => sql.IndexOf(end, from, StringComparison.Ordinal) is var found and >= 0 ? found + end.Length : sql.Length;

    private static bool IsWord(char c) => char.IsLetterOrDigit(c) || c is '_' or '$';
}
