using System.Text;

namespace DeployStack.Data.Provider;

/// <summary>Finds <c>IN @list</c> in a statement and writes what the engine needs there.</summary>
public static class ListParameters
{
    /// <summary>Replaces each parameter (<c>@name</c>, <c>:name</c>, <c>$name</c>) that stands directly behind the
    /// keyword <c>IN</c>; <c>IN (@name)</c> is a list of one value and stays.</summary>
    /// <param name="sql">One statement; strings, quoted names and comments are left alone.</param>
    /// <param name="rewrite">Given the parameter with its prefix, what stands behind <c>IN</c>
    /// (<see cref="DatabaseProvider.ListParameter"/>).</param>
    /// <returns><paramref name="sql"/> itself where there is nothing to replace.</returns>
    public static string Expand(string sql, Func<string, string> rewrite)
    {
        ArgumentNullException.ThrowIfNull(sql);
        ArgumentNullException.ThrowIfNull(rewrite);
        StringBuilder? expanded = null;
        var copied = 0;
        var isBehindIn = false;
        for (var i = 0; i < sql.Length;)
        {
            var end = EndOfToken(sql, i);
            if (IsBlank(sql, i))
            {
                i = end;
                continue;
            }

            if (isBehindIn && end > i + 1 && sql[i] is '@' or ':' or '$' && IsNamePart(sql[i + 1]))
            {
                expanded = (expanded ?? new StringBuilder(sql.Length + 64)).Append(sql, copied, i - copied).Append(rewrite(sql[i..end]));
                copied = end;
            }

            isBehindIn = end - i == 2 && sql.AsSpan(i, 2).Equals("in", StringComparison.OrdinalIgnoreCase);
            i = end;
        }

        return expanded is null ? sql : expanded.Append(sql, copied, sql.Length - copied).ToString();
    }

    private static bool IsBlank(string sql, int start)
        => sql[start] is ' ' or (>= '\t' and <= '\r') || StartsWith(sql, start, "--") || StartsWith(sql, start, "/*");

    private static int EndOfToken(string sql, int start)
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
            case ':' when StartsWith(sql, start, "::"):
                return start + 2;
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

    private static bool IsNamePart(char c) => char.IsAsciiLetterOrDigit(c) || c == '_' || c > '\x7f';

    private static bool StartsWith(string sql, int start, string mark) => string.CompareOrdinal(sql, start, mark, 0, mark.Length) == 0;
}
