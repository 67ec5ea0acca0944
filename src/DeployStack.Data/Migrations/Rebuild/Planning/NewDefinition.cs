using System.Globalization;
using DeployStack.Data.Migrations.Rebuild.Definitions;
using DeployStack.Data.Schema;

namespace DeployStack.Data.Migrations.Rebuild.Planning;

/// <summary>Compares what a definition was read as with what the engine made of it.</summary>
internal static class NewDefinition
{
    /// <summary>A query that returns a row where columns, their order, the primary key or the kind of table differ.</summary>
    public static string DifferenceSql(TableDefinition definition)
    {
        var name = SqlName.Text(definition.Name);
        var columns = definition.Columns.Select((column, i) => string.Create(CultureInfo.InvariantCulture, $"({i}, {SqlName.Text(column.Name)}, {(column.IsGenerated ? 1 : 0)}, {PlaceInKey(definition, column)})"));
        return $"""
            WITH planned(cid, name, generated, pk) AS (VALUES {string.Join(", ", columns)}),
                made AS (SELECT cid, name, hidden > 1 AS generated, pk FROM pragma_table_xinfo({name}))
            SELECT 1 FROM (SELECT * FROM planned EXCEPT SELECT * FROM made)
            UNION ALL
            SELECT 1 FROM (SELECT * FROM made EXCEPT SELECT * FROM planned)
            UNION ALL
            SELECT 1 FROM pragma_table_list WHERE schema = 'main' AND name = {name} AND (wr <> {(definition.IsWithoutRowid ? 1 : 0)} OR strict <> {(definition.IsStrict ? 1 : 0)})
            """;
    }

    private static int PlaceInKey(TableDefinition definition, ColumnDefinition column)
        => 1 + definition.PrimaryKey.Select(static (name, i) => (name, i)).Where(each => SqlName.Same(each.name, column.Name)).Select(static each => each.i).DefaultIfEmpty(-1).First();
}
