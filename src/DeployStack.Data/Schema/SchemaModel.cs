namespace DeployStack.Data.Schema;

/// <summary>The objects of a database that statements made, in the order of type and name.</summary>
/// <remarks>Without what the engine makes for itself: <c>sqlite_…</c>, the indexes of constraints and the shadow tables of
/// virtual ones; and without the triggers <c>deploystack_…</c>, which features of this library put back by themselves where a
/// migration of the application loses them.</remarks>
internal sealed record SchemaModel(IReadOnlyList<SchemaObject> Objects)
{
    private const string Select = """
        SELECT type, name, tbl_name AS "table", sql AS definition FROM sqlite_schema
        WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite\_%' ESCAPE '\' AND NOT (type = 'trigger' AND name LIKE 'deploystack\_%' ESCAPE '\')
            AND tbl_name NOT IN (SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'shadow')
        ORDER BY type, name
        """;

    /// <summary>Reads <c>sqlite_schema</c>; for engines with <see cref="DatabaseCapabilities.SqliteSchema"/>.</summary>
    /// <param name="session">Where.</param>
    /// <param name="except">Tables that are left out, with what belongs to them.</param>
    public static async ValueTask<SchemaModel> ReadAsync(IReadSession session, IReadOnlyCollection<string> except)
    {
        var rows = await session.QueryAsync<Row>(Select).ConfigureAwait(false);
        return new([.. rows.Where(row => !except.Contains(row.Table, StringComparer.OrdinalIgnoreCase)).Select(static row => new SchemaObject(TypeOf(row.Type), row.Name, row.Table, row.Definition))]);
    }

    /// <summary>The tables with rows of their own.</summary>
    public IEnumerable<string> Tables => Objects.Where(static each => each.Type == SchemaObjectType.Table && !IsVirtual(each)).Select(static each => each.Name);

    private static bool IsVirtual(SchemaObject table) => table.Definition.StartsWith("CREATE VIRTUAL", StringComparison.OrdinalIgnoreCase);

    private static SchemaObjectType TypeOf(string type) => type switch
    {
        "index" => SchemaObjectType.Index,
        "view" => SchemaObjectType.View,
        "trigger" => SchemaObjectType.Trigger,
        _ => SchemaObjectType.Table,
    };

    internal sealed record Row(string Type, string Name, string Table, string Definition);
}
