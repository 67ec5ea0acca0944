namespace DeployStack.Data.Provider;

/// <summary>Finds where the tokens of a statement end; strings, quoted names and comments are one token each.</summary>
internal static class SqlScanner
{
    /// <summary>Whether a token says nothing: white space or a comment.</summary>
    public static bool IsBlank(string sql, int start)
        => sql[start] is ' ' or (>= '\t' and <= '\r') or '\uFEFF' || StartsWith(sql, start, "--") || StartsWith(sql, start, "/*");

    /// <summary>Whether the token is a parameter: a prefix and a name.</summary>
    public static bool IsParameter(string sql, int start, int end)
        => end > start + 1 && sql[start] is '@' or ':' or '$' && IsNamePart(sql[start + 1]);

    /// <summary>The place behind the token that begins at <paramref name="start"/>.</summary>
    public static int EndOfToken(string sql, int start)
    {
        switch (sql[start])
        {
            case '\'' or '"' or '`':
                return EndBehind(sql, start + 1, sql[start]);
            case '[':
                return EndBehind(sql, start + 1, ']');
            case '-' when StartsWith(sql, start, "--"):
                return EndBehind(sql, start, '\n');
            case '/' when StartsWith(sql, start, "/*"):
                var close = sql.IndexOf("*/", start + 2, StringComparison.Ordinal);
                return close < 0 ? sql.Length : close + 2;
            case '\uFEFF': // a byte order mark between tokens is white space; inside a name it is part of it
                return start + 1;
            case ':' when StartsWith(sql, start, "::"):
                return start + 2;
            case '?':
                return EndOfNumber(sql, start + 1);
            case '@' or ':' or '$':
                return EndOfName(sql, start + 1);
            case var c when IsNamePart(c):
                return EndOfName(sql, start);
            default:
                return start + 1;
        }
    }

    // A doubled quote reads as two neighbouring strings, which comes to the same.
    private static int EndBehind(string sql, int start, char last)
    {
        var end = sql.IndexOf(last, start);
        return end < 0 ? sql.Length : end + 1;
    }

    private static int EndOfName(string sql, int start)
    {
        while (start < sql.Length && (IsNamePart(sql[start]) || sql[start] == '$'))
        {
            start++;
        }

        return start;
    }

    private static int EndOfNumber(string sql, int start)
    {
        while (start < sql.Length && char.IsAsciiDigit(sql[start]))
        {
            start++;
        }

        return start;
    }

    private static bool IsNamePart(char c) => char.IsAsciiLetterOrDigit(c) || c == '_' || c > '\x7f';

    private static bool StartsWith(string sql, int start, string mark) => string.CompareOrdinal(sql, start, mark, 0, mark.Length) == 0;
}
