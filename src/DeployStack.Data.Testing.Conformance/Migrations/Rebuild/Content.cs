namespace DeployStack.Data.Testing.Conformance.Migrations.Rebuild;

/// <summary>The objects and rows of a database one by one, to look at those that a rebuild may change.</summary>
internal sealed class Content
{
    private readonly Dictionary<string, List<string>> _columns = new(StringComparer.Ordinal);
    private readonly List<(string Child, string Parent)> _references = [];

    /// <summary>The statement of each table, index, view and trigger.</summary>
    public SortedDictionary<string, string> Objects { get; } = new(StringComparer.Ordinal);

    /// <summary>The rows of each table, in no order that matters.</summary>
    public SortedDictionary<string, IReadOnlyList<string>> Tables { get; } = new(StringComparer.Ordinal);

    public IReadOnlyList<string> ColumnsOf(string table) => _columns[table];

    public IEnumerable<string> ChildrenOf(string table) => _references.Where(each => string.Equals(each.Parent, table, StringComparison.OrdinalIgnoreCase)).Select(static each => each.Child);

    public static async Task<Content> ReadAsync(IDeployStackDatabase database)
    {
        var content = new Content();
        foreach (var (name, type, sql) in await database.QueryAsync<(string Name, string Type, string Sql)>("SELECT name, type, sql FROM sqlite_schema WHERE sql IS NOT NULL"))
        {
            content.Objects.Add(name, sql);
            if (!string.Equals(type, "table", StringComparison.Ordinal) || sql.StartsWith("CREATE VIRTUAL", StringComparison.Ordinal))
            {
                continue;
            }

            var columns = await database.QueryAsync<string>("SELECT name FROM pragma_table_xinfo(@name)", new { name });
            content._columns.Add(name, [.. columns.Select(Quote)]);
            content.Tables.Add(name, await RowsAsync(database, name, string.Join(", ", columns.Select(Quote))));
            content._references.AddRange((await database.QueryAsync<string>("SELECT \"table\" FROM pragma_foreign_key_list(@name)", new { name })).Select(parent => (name, parent)));
        }

        return content;
    }

    /// <summary>The rows of a table, each as its quoted values; in their order as text.</summary>
    public static async Task<IReadOnlyList<string>> RowsAsync(IDeployStackDatabase database, string table, string expressions)
    {
        var row = string.Join(" || ',' || ", Split(expressions).Select(static expression => $"quote({expression})"));
        return [.. (await database.QueryAsync<string>($"SELECT {row} FROM {Quote(table)}")).Order(StringComparer.Ordinal)];
    }

    private static string Quote(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    // no name in the cases has a comma and a space
    private static string[] Split(string expressions) => expressions.Split(", ");
}
