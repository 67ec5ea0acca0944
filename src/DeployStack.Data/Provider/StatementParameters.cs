namespace DeployStack.Data.Provider;

/// <summary>Finds the parameters of a statement, for providers whose engine is too far away to be asked.</summary>
public static class StatementParameters
{
    /// <summary>The different parameters (<c>@name</c>, <c>:name</c>, <c>$name</c>) with their prefix, in the order in
    /// which they first appear. A positional <c>?</c> is among them, so that it is refused like everywhere else. Strings,
    /// quoted names, comments and PostgreSQL's <c>::</c> are left alone.</summary>
    /// <param name="sql">One statement.</param>
    public static IReadOnlyList<string> Of(string sql)
    {
        ArgumentNullException.ThrowIfNull(sql);
        var names = new List<string>();
        var known = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < sql.Length;)
        {
            var end = SqlScanner.EndOfToken(sql, i);
            if ((sql[i] == '?' || SqlScanner.IsParameter(sql, i, end)) && known.Add(sql[i..end]))
            {
                names.Add(sql[i..end]);
            }

            i = end;
        }

        return names;
    }
}
