using DeployStack.Data.Schema;

namespace DeployStack.Data.Migrations.Rebuild.Planning;

/// <summary>What the database says about its schema, read before a rebuild is planned.</summary>
/// <remarks>Engines without snapshots may answer each query from another moment; that the whole is what the rebuild then
/// meets is made sure by <see cref="CatalogueGuard"/>.</remarks>
internal sealed class Catalogue
{
    private const string SelectObjects = "SELECT type AS Type, name AS Name, tbl_name AS TableName, sql AS Sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY rowid";

    private const string SelectKind = "SELECT type FROM pragma_table_list WHERE schema = 'main' AND name = @table COLLATE NOCASE";

    private const string SelectColumns = """
        SELECT m.name AS TableName, c.name AS Name, c.hidden AS Hidden
        FROM sqlite_schema AS m, pragma_table_xinfo(m.name) AS c
        WHERE m.type = 'table' AND m.sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY m.rowid, c.cid
        """;

    private const string SelectReferences = """
        SELECT m.name AS Child, f."table" AS Parent, f."to" AS ParentColumn
        FROM sqlite_schema AS m, pragma_foreign_key_list(m.name) AS f
        WHERE m.type = 'table' AND m.sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY m.rowid
        """;

    private const string SelectStatistics = "SELECT count(*) FROM sqlite_stat1 WHERE tbl = @table COLLATE NOCASE";

    private Catalogue(string? kind, IReadOnlyList<CatalogueObject> objects, IReadOnlyList<Column> columns, IReadOnlyList<Reference> references, bool hasStatistics)
    {
        Kind = kind;
        Objects = objects;
        Columns = columns;
        References = references;
        HasStatistics = hasStatistics;
    }

    /// <summary>What the name stands for in <c>pragma_table_list</c>; <see langword="null"/> for nothing.</summary>
    public string? Kind { get; }

    /// <summary>All objects that have a statement, in the order of their creation.</summary>
    public IReadOnlyList<CatalogueObject> Objects { get; }

    /// <summary>The columns of all tables.</summary>
    public IReadOnlyList<Column> Columns { get; }

    /// <summary>The foreign keys of all tables, by column.</summary>
    public IReadOnlyList<Reference> References { get; }

    /// <summary>Whether ANALYZE was run on the table.</summary>
    public bool HasStatistics { get; }

    public static Task<Catalogue> ReadAsync(IDeployStackDatabase database, string table, CancellationToken cancellationToken)
        => database.ReadAsync(
            static async (session, table) =>
            {
                var objects = await session.QueryAsync<CatalogueObject>(SelectObjects).ConfigureAwait(false);
                var hasStatistics = objects.Any(static each => SqlName.Same(each.Name, "sqlite_stat1"))
                    && await session.ExecuteScalarAsync<long>(SelectStatistics, new { table }).ConfigureAwait(false) > 0;
                return new Catalogue(
                    await session.ExecuteScalarAsync<string>(SelectKind, new { table }).ConfigureAwait(false),
                    objects,
                    await session.QueryAsync<Column>(SelectColumns).ConfigureAwait(false),
                    await session.QueryAsync<Reference>(SelectReferences).ConfigureAwait(false),
                    hasStatistics);
            },
            table,
            new ReadOptions { Label = "table rebuild", WithoutAdvice = true },
            cancellationToken);

    /// <summary>The tables whose foreign keys lead to a table, itself included where they do; each once.</summary>
    public IReadOnlyList<string> ChildrenOf(string table)
        => [.. References.Where(reference => SqlName.Same(reference.Parent, table)).Select(static reference => reference.Child).Distinct(SqlName.Comparer)];

    /// <summary>The views and triggers that read or write a table, directly or through views: views first, each kind in
    /// the order of its creation.</summary>
    /// <remarks>What merely has a token of that name counts as well; creating it again does no harm.</remarks>
    public IReadOnlyList<CatalogueObject> DependentsOf(string table)
    {
        var names = new HashSet<string>(SqlName.Comparer) { table };
        while (Objects.FirstOrDefault(each => each.IsView && !names.Contains(each.Name) && names.Any(each.Mentions)) is { } view)
        {
            names.Add(view.Name);
        }

        return [.. Objects.Where(each => each.IsView && names.Contains(each.Name) && !SqlName.Same(each.Name, table)),
            .. Objects.Where(each => each.IsTrigger && names.Any(each.Mentions))];
    }

    /// <summary>A name that begins so and that neither an object nor a statement of the schema uses.</summary>
    public string Unused(string name)
    {
        var unused = name;
        for (var i = 2; Objects.Any(each => SqlName.Same(each.Name, unused) || each.Mentions(unused)); i++)
        {
            unused = $"{name}_{i}";
        }

        return unused;
    }

    /// <param name="TableName">The table.</param>
    /// <param name="Name">The column.</param>
    /// <param name="Hidden">0 for an ordinary column, 2 and 3 for generated ones.</param>
    internal sealed record Column(string TableName, string Name, long Hidden);

    /// <param name="Child">The table that has the key.</param>
    /// <param name="Parent">The table that it leads to.</param>
    /// <param name="ParentColumn">Its column; <see langword="null"/> for the primary key.</param>
    internal sealed record Reference(string Child, string Parent, string? ParentColumn);
}
