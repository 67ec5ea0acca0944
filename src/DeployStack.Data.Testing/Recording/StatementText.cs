using DeployStack.Data.Provider;

namespace DeployStack.Data.Testing.Recording;

/// <summary>What the text of a statement tells without a database. Pure.</summary>
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
        for (int start = 0, end; start < sql.Length; start = end)
        {
            end = SqlScanner.EndOfToken(sql, start);
            var word = sql[start..end];
            switch (word[0])
            {
                case '(':
                    depth++;
                    break;
                case ')':
                    depth--;
                    break;
                case var c when depth > 0 || !(char.IsLetter(c) || c == '_'):
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
}
