namespace DeployStack.Data.Sqlite.Handles.Constraints;

/// <summary>The table that a statement writes, read from its text.</summary>
/// <param name="Verb"><c>INSERT</c>, <c>UPDATE</c> or <c>DELETE</c>.</param>
/// <param name="Table">The table's name, unquoted.</param>
/// <param name="Replaces">Whether it deletes rows that are in its way.</param>
/// <param name="Upserts">Whether it updates rows that are in its way.</param>
internal sealed record StatementTarget(string Verb, string Table, bool Replaces, bool Upserts)
{
    /// <summary>Reads the target of a statement.</summary>
    /// <returns><see langword="null"/> if it writes no table or its text is not understood.</returns>
    public static StatementTarget? Of(string sql)
    {
        var tokens = Tokens(sql);
        var at = tokens.FindIndex(static token => token is { Depth: 0, Quoted: false } && token.Is("INSERT", "REPLACE", "UPDATE", "DELETE"));
        if (at < 0)
        {
            return null;
        }

        var verb = tokens[at].Text.ToUpperInvariant();
        var replaces = verb is "REPLACE";
        var next = at + 1;
        if (next + 1 < tokens.Count && tokens[next].Is("OR"))
        {
            replaces |= tokens[next + 1].Is("REPLACE");
            next += 2;
        }

        if (next < tokens.Count && tokens[next].Is("INTO", "FROM"))
        {
            next++;
        }

        if (next + 2 < tokens.Count && tokens[next + 1].Is("."))
        {
            next += 2;
        }

        var upserts = tokens.Skip(next).Any(static token => token is { Depth: 0 } && token.Is("CONFLICT"));
        return next < tokens.Count ? new(verb is "REPLACE" ? "INSERT" : verb, tokens[next].Text, replaces, upserts) : null;
    }

    private static List<Token> Tokens(string sql)
    {
        List<Token> tokens = [];
        var depth = 0;
        for (var at = 0; at < sql.Length;)
        {
            var c = sql[at];
            if (char.IsLetter(c) || c is '_')
            {
                var start = at;
                while (at < sql.Length && (char.IsLetterOrDigit(sql[at]) || sql[at] is '_' or '$'))
                {
                    at++;
                }

                tokens.Add(new(sql[start..at], depth, Quoted: false));
                continue;
            }

            var end = c switch
            {
                '"' or '`' or '\'' => EndOfQuoted(sql, at),
                '[' => EndOf(sql, "]", at + 1),
                '-' when sql.AsSpan(at).StartsWith("--") => EndOf(sql, "\n", at + 2),
                '/' when sql.AsSpan(at).StartsWith("/*") => EndOf(sql, "*/", at + 2),
                _ => at + 1,
            };
            depth += c is '(' ? 1 : c is ')' ? -1 : 0;
            if (c is '"' or '`' or '\'' or '[')
            {
                tokens.Add(new(Unquote(sql[at..end]), depth, Quoted: true));
            }
            else if (c is '.')
            {
                tokens.Add(new(".", depth, Quoted: false));
            }

            at = end;
        }

        return tokens;
    }

    private static int EndOfQuoted(string sql, int at)
    {
        for (var i = at + 1; i < sql.Length; i++)
        {
            if (sql[i] == sql[at])
            {
                if (i + 1 >= sql.Length || sql[i + 1] != sql[at])
                {
                    return i + 1;
                }

                i++; // doubled: one character of the name
            }
        }

        return sql.Length;
    }

    private static int EndOf(string sql, string end, int from)
        => sql.IndexOf(end, from, StringComparison.Ordinal) is var found and >= 0 ? found + end.Length : sql.Length;

    private static string Unquote(string quoted)
        => quoted.Length < 2 ? quoted : quoted[1..^1].Replace($"{quoted[0]}{quoted[0]}", quoted[0].ToString(), StringComparison.Ordinal);

    private readonly record struct Token(string Text, int Depth, bool Quoted)
    {
        public bool Is(params ReadOnlySpan<string> words)
        {
            foreach (var word in words)
            {
                if (!Quoted && Text.Equals(word, StringComparison.OrdinalIgnoreCase))
                {
                    return true;
                }
            }

            return false;
        }
    }
}
