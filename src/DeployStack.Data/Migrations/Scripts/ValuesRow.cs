namespace DeployStack.Data.Migrations.Scripts;

/// <summary>The rows of <c>VALUES (…), (…)</c> among the tokens of a statement.</summary>
internal static class ValuesRow
{
    /// <summary>Whether a token is a whole item of such a row.</summary>
    /// <param name="sql">The statement.</param>
    /// <param name="tokens">Its significant tokens.</param>
    /// <param name="index">Which one.</param>
    public static bool IsItem(string sql, IReadOnlyList<SqlToken> tokens, int index)
    {
        if (index + 1 == tokens.Count || !(Is('(', index - 1) || Is(',', index - 1)) || !(Is(')', index + 1) || Is(',', index + 1)))
        {
            return false;
        }

        var open = Open(index - 1);
        while (Is(',', open - 1) && Is(')', open - 2))
        {
            open = Open(open - 3); // the row before
        }

        return open > 0 && tokens[open - 1].Is(sql, "VALUES");

        bool Is(char symbol, int i) => i >= 0 && tokens[i].Kind == SqlTokenKind.Symbol && sql[tokens[i].Start] == symbol;

        int Open(int i)
        {
            for (var closed = 0; i >= 0 && (closed > 0 || !Is('(', i)); i--)
            {
                closed += Is(')', i) ? 1 : Is('(', i) ? -1 : 0;
            }

            return i;
        }
    }
}
