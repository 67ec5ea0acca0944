using DeployStack.Data.Migrations.Rebuild.Definitions;
using DeployStack.Data.Schema;

namespace DeployStack.Data.Migrations.Rebuild.Planning;

/// <summary>Queries that find a row where the copy is not what it has to be: old and new are joined by their key, which is
/// exact, and needs the memory of one row.</summary>
internal static class ContentProof
{
    // an OR of many columns is a deep expression, and SQLite limits the depth to 1,000
    private const int ColumnsOfQuery = 100;

    public static string CountSql(string old, string copy)
        => $"SELECT 1 WHERE (SELECT count(*) FROM {SqlName.Quote(old)}) <> (SELECT count(*) FROM {SqlName.Quote(copy)})";

    /// <summary>Rows of the old table that are not in the copy, or not with these values.</summary>
    public static IEnumerable<string> ValuesSql(string old, string copy, RowKey key, IEnumerable<TargetColumn> columns)
    {
        var conditions = columns.Where(static column => column.IsProven).Select(static column => column is { IsConverted: true, Cast: null }
            ? $"NOT ({IsKept(column)} OR {IsSame(column)} OR n.{SqlName.Quote(column.Working)} IS o.{SqlName.Quote(column.Source!.Name)})"
            : $"NOT ({IsSame(column)})");
        return conditions.Chunk(ColumnsOfQuery).DefaultIfEmpty([]).Select(chunk => Sql(old, copy, key, [$"n.{key.New} IS NULL", .. chunk]));
    }

    /// <summary>Rows whose value does not come back from its new type.</summary>
    public static string LossSql(string old, string copy, RowKey key, TargetColumn column) => Sql(old, copy, key, [$"NOT ({IsKept(column)})"]);

    private static string Sql(string old, string copy, RowKey key, IEnumerable<string> conditions)
        => $"SELECT 1 FROM {SqlName.Quote(old)} AS o LEFT JOIN {SqlName.Quote(copy)} AS n ON {key.Join}\nWHERE {string.Join("\n    OR ", conditions)}\nLIMIT 1";

    // + takes the affinity off, so that nothing is converted to be compared
    private static string IsSame(TargetColumn column)
    {
        var value = column.Value("o.");
        var copy = $"n.{SqlName.Quote(column.Working)}";
        return $"typeof({copy}) = typeof({value}) AND +{copy} IS +{value} COLLATE BINARY";
    }

    // the value that is stored, cast back, is the old one; numbers are compared as such, exactly
    private static string IsKept(TargetColumn column)
    {
        var old = $"o.{SqlName.Quote(column.Source!.Name)}";
        var copy = $"n.{SqlName.Quote(column.Working)}";
        return $"""
            CASE typeof({old})
                WHEN 'null' THEN {copy} IS NULL
                WHEN 'text' THEN CAST({copy} AS TEXT) IS +{old} COLLATE BINARY
                    OR (typeof({copy}) = 'real' AND CAST({copy} AS INTEGER) = +{copy} AND CAST(CAST({copy} AS INTEGER) AS TEXT) IS +{old} COLLATE BINARY)
                WHEN 'blob' THEN CAST({copy} AS BLOB) IS +{old}
                ELSE CASE WHEN typeof({copy}) IN ('integer', 'real') THEN +{copy} = +{old}
                    WHEN typeof({old}) = 'integer' THEN CAST({copy} AS INTEGER) IS +{old}
                    ELSE CAST({copy} AS REAL) IS +{old} END
            END
            """;
    }
}
