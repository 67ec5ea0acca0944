using System.Buffers;
using DeployStack.Data.Provider;

namespace DeployStack.Data.Migrations.Scripts;

/// <summary>Cuts SQL text into tokens; together they are the whole text.</summary>
internal static class SqlTokenizer
{
    private static readonly SearchValues<char> _endOfIndex = SearchValues.Create(") \t\n\v\f\r");

    public static IEnumerable<SqlToken> Tokens(string sql)
    {
        for (var start = 0; start < sql.Length;)
        {
            var end = Math.Max(SqlScanner.EndOfToken(sql, start), EndOfArrayVariable(sql, start));
            yield return new(KindOf(sql, start, end), start, end);
            start = end;
        }
    }

    // SQLite's variables may be elements of Tcl arrays, $name::name(index), whose index is any text without white space
    private static int EndOfArrayVariable(string sql, int start)
    {
        if (sql[start] is not ('$' or '@' or ':' or '#') || start + 1 == sql.Length || sql[start + 1] is ':' or '(')
        {
            return 0;
        }

        var i = start + 1;
        while (i < sql.Length && (char.IsAsciiLetterOrDigit(sql[i]) || sql[i] is '_' or '$' or > '\x7f' || (sql[i] == ':' && i + 1 < sql.Length && sql[i + 1] == ':')))
        {
            i += sql[i] == ':' ? 2 : 1;
        }

        if (i == sql.Length || sql[i] != '(')
        {
            return 0;
        }

        var close = sql.AsSpan(i).IndexOfAny(_endOfIndex);
        return close >= 0 && sql[i + close] == ')' ? i + close + 1 : 0;
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
