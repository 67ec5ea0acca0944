namespace DeployStack.Data.Migrations.Scripts;

/// <summary>Takes a script apart into the statements that the engine would execute.</summary>
internal static class ScriptSplitter
{
    /// <summary>A comment of this kind ends a statement as a semicolon does; drizzle-kit writes it between statements.</summary>
    public const string Breakpoint = "--> statement-breakpoint";

    /// <summary>The statements in order; comments between them, and empty statements, are left out.</summary>
    /// <param name="sql">The script; lines end in <c>\n</c>.</param>
    /// <param name="fault">What is not finished; the statements are those before it.</param>
    public static IReadOnlyList<ScriptStatement> Split(string sql, out ScriptFault? fault)
    {
        fault = null;
        var statements = new List<ScriptStatement>();
        var directives = new List<ScriptDirective>();
        var line = new LineCounter(sql);
        var state = default(TriggerState);
        var start = 0;
        var startLine = 1;
        var end = 0;
        foreach (var token in SqlTokenizer.Tokens(sql))
        {
            if (FaultOf(sql, token) is { } message)
            {
                fault = new(message, line.At(token.Start), statements.Count + 1);
                return statements;
            }

            if (!state.IsInBody && IsEnd(sql, token))
            {
                Add();
            }
            else if (token.IsSignificant)
            {
                (start, startLine) = state.IsEmpty ? (token.Start, line.At(token.Start)) : (start, startLine);
                end = token.End;
                state.Observe(sql, token);
            }
            else if (token.Kind == SqlTokenKind.Comment && ScriptDirective.Parse(token.Of(sql), line.At(token.Start)) is { } directive)
            {
                directives.Add(directive);
            }
        }

        if (state.IsInBody)
        {
            fault = new("the trigger that begins here has no END", startLine, statements.Count + 1);
            return statements;
        }

        Add();
        if (directives is [var last, ..])
        {
            fault = new($"the directive '{last.Name}' stands behind the last statement and belongs to none; put it before its statement", last.Line, statements.Count + 1);
        }

        return statements;

        void Add()
        {
            if (!state.IsEmpty)
            {
                statements.Add(new(sql[start..end], statements.Count + 1, startLine, line.ColumnAt(start)) { Directives = [.. directives] });
                directives.Clear();
                state = default;
            }
        }
    }

    /// <summary>Statements as one script from which <see cref="Split"/> makes them again: a comment at the end of one must not
    /// swallow the semicolon.</summary>
    public static string Join(IEnumerable<string> statements) => string.Join(";\n", statements.Select(static sql => sql + EndOfComment(sql)));

    private static string EndOfComment(string sql)
        => SqlTokenizer.Tokens(sql).LastOrDefault() is not { Kind: SqlTokenKind.Comment } last ? string.Empty
            : sql[last.Start] == '-' ? "\n"
            : sql.AsSpan(last.Start).EndsWith("*/", StringComparison.Ordinal) ? string.Empty : "*/";

    private static string? FaultOf(string sql, in SqlToken token)
        => sql.AsSpan(token.Start, token.End - token.Start).Contains('\0') ? "there is a NUL character, at which the engine would stop reading"
            : token.Kind == SqlTokenKind.Unterminated ? $"the {(sql[token.Start] == '\'' ? "string" : "quoted name")} that begins here has no end"
            : null;

    private static bool IsEnd(string sql, in SqlToken token)
        => token.Kind == SqlTokenKind.Semicolon
            || (token.Kind == SqlTokenKind.Comment && sql.AsSpan(token.Start, token.End - token.Start).StartsWith(Breakpoint, StringComparison.Ordinal));
}
