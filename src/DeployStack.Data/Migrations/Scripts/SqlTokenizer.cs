using DeployStack.Data.Provider;

namespace DeployStack.Data.Migrations.Scripts;

/// <summary>Cuts SQL text into tokens; together they are the whole text.</summary>
internal static class SqlTokenizer
{
    public static IEnumerable<SqlToken> Tokens(string sql)
    {
        for (var start = 0; start < sql.Length;)
        {
            var end = SqlScanner.EndOfToken(sql, start);
            yield return new(KindOf(sql, start, end), start, end);
            start = end;
        }
    }

    private static SqlTokenKind KindOf(string sql, int start, int end) => sql[start] switch
    {
        ';' => SqlTokenKind.Semicolon,
        '\'' => Quoted(sql, start, end, '\'', SqlTokenKind.Text),
        '"' or '`' => Quoted(sql, start, end, sql[start], SqlTokenKind.Name),
        '[' => Quoted(sql, start, end, ']', SqlTokenKind.Name),
        '-' or '/' => SqlScanner.IsBlank(sql, start) ? SqlTokenKind.Comment : SqlTokenKind.Symbol,
        _ when SqlScanner.IsBlank(sql, start) => SqlTokenKind.Space,
        var c when char.IsAsciiLetterOrDigit(c) || c is '_' or > '\x7f' => SqlTokenKind.Word,
        _ => SqlTokenKind.Symbol,
    };

    private static SqlTokenKind Quoted(string sql, int start, int end, char last, SqlTokenKind kind)
        => end - start > 1 && sql[end - 1] == last ? kind : SqlTokenKind.Unterminated;
}
