namespace DeployStack.Data.Migrations.Scripts;

/// <summary>Cuts SQL text into tokens; together they are the whole text.</summary>
/// <remarks>The rules are those of SQLite's own tokenizer (tokenize.c), where they matter to the question which
/// semicolon ends a statement.</remarks>
internal static class SqlTokenizer
{
    public static IEnumerable<SqlToken> Tokens(string sql)
    {
        for (var start = 0; start < sql.Length;)
        {
            var token = Next(sql, start);
            yield return token;
            start = token.End;
        }
    }

    private static SqlToken Next(string sql, int start)
    {
        switch (sql[start])
        {
            case ';':
                return new(SqlTokenKind.Semicolon, start, start + 1);
            case var c when IsSpace(c):
                return new(SqlTokenKind.Space, start, EndOf(sql, start + 1, IsSpace));
            case '-' when Follows(sql, start + 1, '-'):
                var line = sql.IndexOf('\n', start);
                return new(SqlTokenKind.Comment, start, line < 0 ? sql.Length : line);
            case '/' when Follows(sql, start + 1, '*'):
                var close = sql.IndexOf("*/", start + 2, StringComparison.Ordinal);
                return new(SqlTokenKind.Comment, start, close < 0 ? sql.Length : close + 2);
            case '\'':
                return Quoted(sql, start, SqlTokenKind.Text);
            case '"' or '`':
                return Quoted(sql, start, SqlTokenKind.Name);
            case '[':
                var bracket = sql.IndexOf(']', start);
                return bracket < 0 ? new(SqlTokenKind.Unterminated, start, sql.Length) : new(SqlTokenKind.Name, start, bracket + 1);
            case var c when IsWord(c) || c is '@' or ':' or '?' or '#':
                return new(SqlTokenKind.Word, start, EndOf(sql, start + 1, IsWord));
            default:
                return new(SqlTokenKind.Symbol, start, start + 1);
        }
    }

    // a doubled quote is part of what is quoted
    private static SqlToken Quoted(string sql, int start, SqlTokenKind kind)
    {
        var quote = sql[start];
        for (var i = start + 1; i < sql.Length; i++)
        {
            if (sql[i] != quote)
            {
                continue;
            }

            if (!Follows(sql, i + 1, quote))
            {
                return new(kind, start, i + 1);
            }

            i++;
        }

        return new(SqlTokenKind.Unterminated, start, sql.Length);
    }

    private static int EndOf(string sql, int end, Func<char, bool> belongs)
    {
        while (end < sql.Length && belongs(sql[end]))
        {
            end++;
        }

        return end;
    }

    private static bool Follows(string sql, int index, char c) => index < sql.Length && sql[index] == c;

    private static bool IsSpace(char c) => c is ' ' or '\t' or '\n' or '\f' or '\r' or '\uFEFF';

    private static bool IsWord(char c) => char.IsAsciiLetterOrDigit(c) || c is '_' or '$' || (c > '\x7f' && c != '\uFEFF');
}
