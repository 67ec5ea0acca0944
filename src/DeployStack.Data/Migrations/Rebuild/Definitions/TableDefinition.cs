using DeployStack.Data.Schema;

namespace DeployStack.Data.Migrations.Rebuild.Definitions;

/// <summary>A CREATE TABLE statement taken apart as far as rebuilding needs it.</summary>
internal sealed class TableDefinition
{
    private static readonly string[] _constraints = ["CONSTRAINT", "PRIMARY", "UNIQUE", "CHECK", "FOREIGN"];

    private TableDefinition(string sql, IReadOnlyList<DdlToken> tokens, DdlToken name, IReadOnlyList<IReadOnlyList<DdlToken>> items)
    {
        Sql = sql;
        Tokens = tokens;
        NameToken = name;
        Columns = [.. items.TakeWhile(static item => !IsConstraint(item)).Select(item => ColumnDefinition.Of(sql, item))];
        Constraints = [.. items.Skip(Columns.Count)];
        var options = tokens.SkipWhile(token => token.End <= items[^1][^1].End).Where(static token => token.Depth == 0).ToList();
        IsWithoutRowid = options.Exists(static token => token.Is("WITHOUT"));
        IsStrict = options.Exists(static token => token.Is("STRICT"));
        PrimaryKey = [.. Columns.Where(static column => column.IsPrimaryKey).Select(static column => column.Name).Concat(TablePrimaryKey())];
        Rowid = IsWithoutRowid || PrimaryKey.Count != 1 ? null
            : Columns.FirstOrDefault(column => column.IsRowid || (column.IsInteger && !column.IsPrimaryKey && SqlName.Same(column.Name, PrimaryKey[0])));
    }

    public string Sql { get; }

    public IReadOnlyList<DdlToken> Tokens { get; }

    public DdlToken NameToken { get; }

    public string Name => NameToken.Value;

    public IReadOnlyList<ColumnDefinition> Columns { get; }

    /// <summary>The constraints of the table; several that no comma separates are one item.</summary>
    public IReadOnlyList<IReadOnlyList<DdlToken>> Constraints { get; }

    public bool IsWithoutRowid { get; }

    public bool IsStrict { get; }

    /// <summary>The columns of the primary key in its order; empty for none.</summary>
    public IReadOnlyList<string> PrimaryKey { get; }

    /// <summary>The column that is another name of the rowid, or <see langword="null"/>.</summary>
    public ColumnDefinition? Rowid { get; }

    public bool IsAutoincrement => Columns.Any(static column => column.IsAutoincrement) || Constraints.Any(static item => item.Any(static token => token.Is("AUTOINCREMENT")));

    public ColumnDefinition? Find(string column) => Columns.FirstOrDefault(each => SqlName.Same(each.Name, column));

    /// <summary>A name of the rowid that no column takes, or <see langword="null"/>.</summary>
    public string? FreeRowidName() => IsWithoutRowid ? null : Array.Find(["rowid", "_rowid_", "oid"], name => Find(name) is null);

    /// <summary>Reads the statement.</summary>
    /// <returns><see langword="null"/> for another statement: no CREATE TABLE, a virtual or temporary table, CREATE TABLE … AS.</returns>
    public static TableDefinition? Parse(string sql)
    {
        var tokens = DdlToken.Of(sql);
        var at = 0;
        if (!Take("CREATE") || !Take("TABLE") || (Take("IF") && !(Take("NOT") && Take("EXISTS"))))
        {
            return null;
        }

        if (at + 2 < tokens.Count && tokens[at].Names("main") && tokens[at + 1].IsSymbol('.'))
        {
            at += 2;
        }

        if (at + 2 >= tokens.Count || !tokens[at].IsName || !tokens[at + 1].IsSymbol('('))
        {
            return null;
        }

        var items = Items(tokens.Skip(at + 2).TakeWhile(static token => token.Depth > 0));
        return items.Count == 0 || items.Any(static item => item.Count == 0) || !items[0][0].IsName || IsConstraint(items[0]) || tokens[^1].Depth > 0 ? null
            : new(sql, tokens, tokens[at], items);

        bool Take(string keyword)
        {
            if (at >= tokens.Count || !tokens[at].Is(keyword))
            {
                return false;
            }

            at++;
            return true;
        }
    }

    /// <summary>What commas of the outermost depth separate.</summary>
    public static IReadOnlyList<IReadOnlyList<DdlToken>> Items(IEnumerable<DdlToken> tokens)
    {
        List<List<DdlToken>> items = [[]];
        int? depth = null;
        foreach (var token in tokens)
        {
            depth ??= token.Depth;
            if (token.Depth == depth && token.IsSymbol(','))
            {
                items.Add([]);
            }
            else
            {
                items[^1].Add(token);
            }
        }

        return items;
    }

    private static bool IsConstraint(IReadOnlyList<DdlToken> item) => Array.Exists(_constraints, item[0].Is);

    private IEnumerable<string> TablePrimaryKey()
    {
        foreach (var item in Constraints)
        {
            var depth = item[0].Depth;
            var key = item.SkipWhile(token => !(token.Depth == depth && token.Is("PRIMARY"))).Skip(3).TakeWhile(token => token.Depth > depth);
            foreach (var column in Items(key).Where(static column => column.Count > 0))
            {
                yield return column[0].Value;
            }
        }
    }
}
