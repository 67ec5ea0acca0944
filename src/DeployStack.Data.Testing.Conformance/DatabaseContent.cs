using System.Globalization;
using System.Text;

namespace DeployStack.Data.Testing.Conformance;

/// <summary>Everything that a database holds, as text, to compare two states of it.</summary>
public static class DatabaseContent
{
    /// <summary>The schema in order of names, every row of every table with its values as SQL literals, in their own order,
    /// and the numbers that an application keeps in the header. Each is one line. Equal texts are equal content; rowids that
    /// are no column are left out.</summary>
    /// <param name="database">Its catalogue must be SQLite's (<see cref="DatabaseCapabilities.SqliteSchema"/>). Nobody may
    /// write meanwhile.</param>
    /// <exception cref="DatabaseException">It could not be read.</exception>
    public static async Task<string> ReadAsync(IDeployStackDatabase database)
    {
        ArgumentNullException.ThrowIfNull(database);
        var content = new StringBuilder();
        var objects = await database.QueryAsync<(string Type, string Name, string Table, string? Sql)>("SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY type, name");
        foreach (var (type, name, table, sql) in objects)
        {
            content.AppendLine(OneLine($"{type} {name} on {table}: {sql}"));
        }

        foreach (var table in objects.Where(static each => each.Type is "table" && each.Sql?.StartsWith("CREATE VIRTUAL", StringComparison.OrdinalIgnoreCase) is not true).Select(static each => each.Name))
        {
            foreach (var row in await RowsAsync(database, table))
            {
                content.AppendLine(OneLine($"{table}: {row}"));
            }
        }

        var version = await database.ExecuteScalarAsync<long>("SELECT user_version FROM pragma_user_version");
        var application = await database.ExecuteScalarAsync<long>("SELECT application_id FROM pragma_application_id");
        return content.AppendLine(CultureInfo.InvariantCulture, $"user_version {version}, application_id {application}").ToString();
    }

    private static async Task<IReadOnlyList<string>> RowsAsync(IDeployStackDatabase database, string table)
    {
        var columns = await database.QueryAsync<string>("SELECT name FROM pragma_table_xinfo(@table) WHERE hidden <> 1 ORDER BY cid", new { table });
        var values = string.Join(" || ', ' || ", columns.Select(static column => $"quote({Quoted(column)})"));
        return await database.QueryAsync<string>($"SELECT {values} FROM {Quoted(table)} ORDER BY 1");
    }

    private static string OneLine(string text) => text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\r", "\\r", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);

    private static string Quoted(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
