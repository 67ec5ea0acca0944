using System.Globalization;

namespace DeployStack.Data.Sqlite.Handles.Constraints;

/// <summary>All foreign keys of the schema.</summary>
internal sealed class ForeignKeys
{
    private const string Sql = """
        SELECT t.name, k.id, k."from", k."table", k."to", k.on_update, k.on_delete
        FROM sqlite_schema AS t JOIN pragma_foreign_key_list(t.name) AS k
        WHERE t.type = 'table' ORDER BY t.name, k.id, k.seq
        """;

    private readonly List<ForeignKey> _all;

    private ForeignKeys(List<ForeignKey> all) => _all = all;

    /// <summary>Reads them.</summary>
    /// <returns><see langword="null"/> if they could not be read.</returns>
    public static ForeignKeys? Read(SchemaReader schema)
    {
        if (schema.Query(Sql) is not { } rows)
        {
            return null;
        }

        List<ForeignKey> all = [];
        foreach (var key in rows.GroupBy(static row => (row[0], row[1])))
        {
            var parts = key.ToList();
            var first = parts[0];
            var parent = first[3] ?? string.Empty;
            IReadOnlyList<string> to = first[4] is null ? PrimaryKey(schema, parent) : [.. parts.Select(static part => part[4] ?? string.Empty)];
            all.Add(new(first[0]!, long.Parse(first[1]!, CultureInfo.InvariantCulture), [.. parts.Select(static part => part[2] ?? string.Empty)], parent, to, first[5]!, first[6]!));
        }

        return new(all);
    }

    public IEnumerable<ForeignKey> Of(string child) => _all.Where(key => Same(key.Child, child));

    public IEnumerable<ForeignKey> To(string parent) => _all.Where(key => Same(key.Parent, parent));

    public ForeignKey? Find((string Child, long Id) key) => _all.Find(each => each.Id == key.Id && Same(each.Child, key.Child));

    private static List<string> PrimaryKey(SchemaReader schema, string table)
        => [.. schema.Query("SELECT name FROM pragma_table_info(?1) WHERE pk > 0 ORDER BY pk", table)?.Select(static row => row[0] ?? string.Empty) ?? []];

    private static bool Same(string one, string other) => one.Equals(other, StringComparison.OrdinalIgnoreCase);
}
