namespace DeployStack.Data.Provider;

/// <summary>Finds the parameters of a statement, for providers whose engine is too far away to be asked.</summary>
public static class StatementParameters
{
    /// <summary>The different parameters (<c>@name</c>, <c>:name</c>, <c>$name</c>) with their prefix, in the order in
    /// which they first appear; strings, quoted names, comments and PostgreSQL's <c>::</c> are left alone.</summary>
    /// <param name="sql">One statement.</param>
    public static IReadOnlyList<string> Of(string sql)
    {
        ArgumentNullException.ThrowIfNull(sql);
        var names = new List<string>();
        for (var i = 0; i < sql.Length;)
        {
            var end = SqlScanner.EndOfToken(sql, i);
            if (SqlScanner.IsParameter(sql, i, end) && sql[i..end] is var name && !names.Contains(name, StringComparer.Ordinal))
            {
                names.Add(name);
            }

            i = end;
        }

        return names;
    }
}
