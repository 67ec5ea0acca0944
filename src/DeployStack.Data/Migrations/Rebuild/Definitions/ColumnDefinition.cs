namespace DeployStack.Data.Migrations.Rebuild.Definitions;

/// <summary>A column as the CREATE TABLE statement has it.</summary>
/// <param name="Name">Without quotes.</param>
/// <param name="Type">As declared; empty for none.</param>
/// <param name="Tokens">From its name to its last token.</param>
/// <param name="TypeTokens">How many tokens after the name are its type.</param>
internal sealed record ColumnDefinition(string Name, string Type, IReadOnlyList<DdlToken> Tokens, int TypeTokens)
{
    private static readonly string[] _constraints =
        ["CONSTRAINT", "NULL", "NOT", "PRIMARY", "UNIQUE", "CHECK", "DEFAULT", "COLLATE", "REFERENCES", "AS", "GENERATED", "ON", "DEFERRABLE", "INITIALLY"];

    public int Start => Tokens[0].Start;

    public int End => Tokens[^1].End;

    public bool IsGenerated => Has("AS");

    public bool IsPrimaryKey => Has("PRIMARY");

    public bool IsAutoincrement => Has("AUTOINCREMENT");

    /// <summary>Whether rows that exist already need a value for it.</summary>
    public bool NeedsValue => !IsGenerated && Follows("NOT", "NULL") && !HasDefault;

    /// <summary>Whether its own constraint makes it another name of the rowid: with DESC it does not.</summary>
    public bool IsRowid => IsPrimaryKey && IsInteger && !Follows("KEY", "DESC");

    public bool IsInteger => Type.Equals("INTEGER", StringComparison.OrdinalIgnoreCase);

    // ON DELETE SET DEFAULT is no default
    private bool HasDefault => Has("DEFAULT") && (Constraints[0].Is("DEFAULT") || Constraints.Zip(Constraints.Skip(1)).Any(static pair => pair.Second.Is("DEFAULT") && !pair.First.Is("SET")));

    private IReadOnlyList<DdlToken> Constraints => [.. Tokens.Skip(1 + TypeTokens).Where(token => token.Depth == Tokens[0].Depth)];

    /// <summary>Whether a token behind name and type is a name of <paramref name="column"/>.</summary>
    public bool Mentions(string column) => Tokens.Skip(1 + TypeTokens).Any(token => token.Names(column));

    public static ColumnDefinition Of(string sql, IReadOnlyList<DdlToken> tokens)
    {
        var type = 0;
        while (1 + type < tokens.Count && (tokens[1 + type].Depth > tokens[0].Depth || IsTypeToken(tokens[1 + type])))
        {
            type++;
        }

        var text = type == 0 ? string.Empty : sql[tokens[1].Start..tokens[type].End];
        return new(tokens[0].Value, text, tokens, type);
    }

    private static bool IsTypeToken(DdlToken token)
        => token.IsSymbol('(') || token.IsSymbol(')') || (token.IsName && !Array.Exists(_constraints, token.Is));

    private bool Has(string keyword) => Constraints.Any(token => token.Is(keyword));

    private bool Follows(string first, string second) => Constraints.Zip(Constraints.Skip(1)).Any(pair => pair.First.Is(first) && pair.Second.Is(second));
}
