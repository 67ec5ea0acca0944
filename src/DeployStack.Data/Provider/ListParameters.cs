using System.Text;

namespace DeployStack.Data.Provider;

/// <summary>Finds <c>IN @list</c> in a statement and writes what the engine needs there.</summary>
public static class ListParameters
{
    /// <summary>What stands behind <c>IN</c> where the list is bound as one JSON array and the engine has SQLite's
    /// <c>json_each</c>.</summary>
    internal static string AsJsonArray(string parameter) => $"(SELECT value FROM json_each({parameter}))";

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
            var end = SqlScanner.EndOfToken(sql, i);
            if (SqlScanner.IsBlank(sql, i))
            {
                i = end;
                continue;
            }

            if (isBehindIn && SqlScanner.IsParameter(sql, i, end))
            {
                expanded = (expanded ?? new StringBuilder(sql.Length + 64)).Append(sql, copied, i - copied).Append(rewrite(sql[i..end]));
                copied = end;
            }

            isBehindIn = end - i == 2 && sql.AsSpan(i, 2).Equals("in", StringComparison.OrdinalIgnoreCase);
            i = end;
        }

        return expanded is null ? sql : expanded.Append(sql, copied, sql.Length - copied).ToString();
    }
}
