namespace DeployStack.Data.Testing.Recording;

/// <summary>What the text of a statement tells without a database: whether it reads, and its parameters. Pure.</summary>
internal static class StatementText
{
    private static readonly string[] _writing = ["INSERT", "UPDATE", "DELETE", "REPLACE"];
    private static readonly string[] _reading = ["SELECT", "VALUES", "EXPLAIN", "PRAGMA"];

    /// <summary>Whether the statement reads. One with <c>WITH</c> does unless a writing verb follows outside of
    /// parentheses; what is unknown counts as a write.</summary>
    public static bool Reads(string sql)
    {
        var depth = 0;
        var isWith = false;
        foreach (var word in Words(sql))
        {
            switch (word)
            {
                case "(":
                    depth++;
                    break;
                case ")":
                    depth--;
                    break;
                case var _ when depth > 0 || word[0] is '@' or ':' or '$':
                    break;
                case var _ when !isWith && word.Equals("WITH", StringComparison.OrdinalIgnoreCase):
                    isWith = true;
                    break;
                case var _ when _reading.Contains(word, StringComparer.OrdinalIgnoreCase):
                    return true;
                case var _ when !isWith || _writing.Contains(word, StringComparer.OrdinalIgnoreCase):
                    return false;
                default:
                    break;
            }
        }

        return false;
    }

    /// <summary>The named parameters, without the character before their name.</summary>
    public static IEnumerable<string> Parameters(string sql)
        => Words(sql).Where(static word => word.Length > 1 && word[0] is '@' or ':' or '$').Select(static word => word[1..]).Distinct(StringComparer.Ordinal);

    // bare words, parameters and parentheses; comments, strings and quoted names are left out
    private static IEnumerable<string> Words(string sql)
    {
        var i = 0;
        while (i < sql.Length)
        {
            var start = i;
            switch (sql[i])
            {
                case '-' when Follows(sql, i, '-'):
                    i = After(sql, "\n", i);
                    break;
                case '/' when Follows(sql, i, '*'):
                    i = After(sql, "*/", i + 2);
                    break;
                case '\'' or '"' or '`' or '[':
                    i = After(sql, sql[i] == '[' ? "]" : sql[i].ToString(), i + 1);
                    break;
                case '(' or ')':
                    i++;
                    yield return sql[start].ToString();
                    break;
                case var c when char.IsLetter(c) || c is '_' or '@' or ':' or '$':
                    do
                    {
                        i++;
                    }
                    while (i < sql.Length && (char.IsLetterOrDigit(sql[i]) || sql[i] is '_' or '$'));

                    yield return sql[start..i];
                    break;
                default:
                    i++;
                    break;
            }
        }
    }

    private static bool Follows(string sql, int i, char next) => i + 1 < sql.Length && sql[i + 1] == next;

    private static int After(string sql, string end, int from)
        => sql.IndexOf(end, Math.Min(from, sql.Length), StringComparison.Ordinal) is >= 0 and var found ? found + end.Length : sql.Length;
}
