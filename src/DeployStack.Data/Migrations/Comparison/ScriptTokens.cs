using System.Text;
using DeployStack.Data.Migrations.Scripts;

namespace DeployStack.Data.Migrations.Comparison;

/// <summary>What a script says to the engine and to the runner: its tokens without white space and without comments that
/// are no directives. The case of keywords is kept: telling a name from a keyword takes the engine's own grammar.</summary>
internal static class ScriptTokens
{
    private static readonly string[] _operators = ["<>", "<=", ">=", "==", "!=", "||", "<<", ">>", "->"];

    /// <summary>Whether two scripts mean the same.</summary>
    public static bool AreEqual(string left, string right) => Of(left).SequenceEqual(Of(right), StringComparer.Ordinal);

    /// <summary>The tokens, statements parted by single semicolons.</summary>
    public static IReadOnlyList<string> Of(string sql)
    {
        var tokens = new List<string>();
        var current = new StringBuilder();
        SqlToken? before = null;
        foreach (var token in SqlTokenizer.Tokens(sql))
        {
            if (token.Kind == SqlTokenKind.Space || (token.Kind == SqlTokenKind.Comment && !Says(sql, token)))
            {
                before = null;
                continue;
            }

            if (before is not { } last || !Belongs(sql, last, token))
            {
                End();
            }

            current.Append(token.Kind == SqlTokenKind.Comment ? TextOf(sql, token) : token.Of(sql));
            before = token;
        }

        End();
        if (tokens is [.., ";"])
        {
            tokens.RemoveAt(tokens.Count - 1);
        }

        return tokens;

        void End()
        {
            var text = current.ToString();
            current.Clear();
            if (text.Length > 0 && (text is not ";" || tokens is [.., not ";"]))
            {
                tokens.Add(text);
            }
        }
    }

    // 'a''b' is one string and 'a' 'b' are two; x'00' is a blob; < = is no operator
    private static bool Belongs(string sql, in SqlToken last, in SqlToken token) => token.Kind switch
    {
        SqlTokenKind.Text or SqlTokenKind.Name => last.Kind is SqlTokenKind.Word or SqlTokenKind.Text or SqlTokenKind.Name,
        SqlTokenKind.Symbol => last.Kind == SqlTokenKind.Symbol && _operators.Contains(sql[last.Start..token.End], StringComparer.Ordinal),
        _ => false,
    };

    private static bool Says(string sql, in SqlToken token) => IsBreakpoint(sql, token) || ScriptDirective.Parse(token.Of(sql), 0) is not null;

    private static string TextOf(string sql, in SqlToken token)
        => IsBreakpoint(sql, token) ? ";" : ScriptDirective.Parse(token.Of(sql), 0) is var directive ? $"{directive!.Name} {directive.Arguments}" : string.Empty;

    private static bool IsBreakpoint(string sql, in SqlToken token) => sql.AsSpan(token.Start, token.End - token.Start).StartsWith(ScriptSplitter.Breakpoint, StringComparison.Ordinal);
}
