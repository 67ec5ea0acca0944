using DeployStack.Data.Migrations.Scripts;
using DeployStack.Data.Schema;

namespace DeployStack.Data.Migrations.Rebuild.Definitions;

/// <summary>A token of a CREATE statement that the engine sees.</summary>
/// <param name="Kind">A quoted name with a doubled quote inside is one token here.</param>
/// <param name="Start">Its first character.</param>
/// <param name="End">Behind its last character.</param>
/// <param name="Value">Its text, without quotes where it has some.</param>
/// <param name="Depth">How many parentheses are open around it; a parenthesis has the depth of its outside.</param>
internal sealed record DdlToken(SqlTokenKind Kind, int Start, int End, string Value, int Depth)
{
    /// <summary>Whether it can be a name: SQLite takes a string for one as well.</summary>
    public bool IsName => Kind is SqlTokenKind.Word or SqlTokenKind.Name or SqlTokenKind.Text;

    public bool Is(string keyword) => Kind == SqlTokenKind.Word && Value.Equals(keyword, StringComparison.OrdinalIgnoreCase);

    public bool IsSymbol(char symbol) => Kind == SqlTokenKind.Symbol && Value.Length == 1 && Value[0] == symbol;

    public bool Names(string name) => IsName && SqlName.Same(Value, name);

    public static IReadOnlyList<DdlToken> Of(string sql)
    {
        var tokens = new List<DdlToken>();
        var depth = 0;
        foreach (var token in SqlTokenizer.Tokens(sql).Where(static token => token.IsSignificant))
        {
            if (token.Kind is SqlTokenKind.Text or SqlTokenKind.Name && tokens is [.., var last] && last.End == token.Start
                && last.Kind == token.Kind && sql[last.Start] == sql[token.Start] && sql[token.Start] != '[')
            {
                tokens[^1] = last with { End = token.End, Value = $"{last.Value}{sql[token.Start]}{Unquoted(sql, token)}" };
                continue;
            }

            var symbol = token.Kind == SqlTokenKind.Symbol ? sql[token.Start] : ' ';
            depth -= symbol == ')' ? 1 : 0;
            tokens.Add(new(token.Kind, token.Start, token.End, Unquoted(sql, token), depth));
            depth += symbol == '(' ? 1 : 0;
        }

        return tokens;
    }

    private static string Unquoted(string sql, in SqlToken token)
        => token.Kind is SqlTokenKind.Text or SqlTokenKind.Name ? sql[(token.Start + 1)..(token.End - 1)] : token.Of(sql);
}
