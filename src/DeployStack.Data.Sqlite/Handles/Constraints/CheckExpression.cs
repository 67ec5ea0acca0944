using System.Text.RegularExpressions;

namespace DeployStack.Data.Sqlite.Handles.Constraints;

/// <summary>Finds the expression of a CHECK constraint in the text of its table.</summary>
internal static class CheckExpression
{
    /// <summary>Finds it.</summary>
    /// <param name="tableSql">The <c>CREATE TABLE</c> statement.</param>
    /// <param name="name">The constraint's name or, where it has none, its expression: what SQLite gives.</param>
    /// <returns><see langword="null"/> if the table has no such constraint.</returns>
    public static string? Find(string tableSql, string name)
    {
        var quoted = Regex.Escape(name);
        var named = Match(tableSql, $"""\bCONSTRAINT\s+["`\[]?{quoted}["`\]]?\s+CHECK\s*\(""");
        if (named is not null)
        {
            return Balanced(tableSql, named.Index + named.Length);
        }

        return Match(tableSql, $@"\bCHECK\s*\(\s*{quoted}\s*\)") is null ? null : name;
    }

    private static Match? Match(string sql, string pattern)
        => Regex.Match(sql, pattern, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1)) is { Success: true } match ? match : null;

    private static string Balanced(string sql, int from)
    {
        var depth = 1;
        for (var at = from; at < sql.Length; at++)
        {
            depth += sql[at] is '(' ? 1 : sql[at] is ')' ? -1 : 0;
            if (depth == 0)
            {
                return sql[from..at];
            }
        }

        return sql[from..];
    }
}
