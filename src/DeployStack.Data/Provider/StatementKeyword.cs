namespace DeployStack.Data.Provider;

/// <summary>Finds the first keyword of a statement.</summary>
public static class StatementKeyword
{
    /// <summary>The first word behind white space, comments and semicolons; empty where there is none.</summary>
    /// <param name="sql">One statement.</param>
    public static ReadOnlySpan<char> First(string sql)
    {
        ArgumentNullException.ThrowIfNull(sql);
        var rest = sql.AsSpan();
        while (true)
        {
            rest = rest.TrimStart(" \t\r\n\f\v;\uFEFF");
            if (rest.StartsWith("--"))
            {
                var end = rest.IndexOf('\n');
                rest = end < 0 ? [] : rest[(end + 1)..];
            }
            else if (rest.StartsWith("/*"))
            {
                rest = rest[2..]; // the asterisk of the beginning is not that of the end: /*/ goes on
                var end = rest.IndexOf("*/");
                rest = end < 0 ? [] : rest[(end + 2)..];
            }
            else
            {
                var length = 0;
                while (length < rest.Length && char.IsAsciiLetter(rest[length]))
                {
                    length++;
                }

                return rest[..length];
            }
        }
    }
}
