using DeployStack.Data.Provider;
using DeployStack.Data.Schema;

namespace DeployStack.Data.Plugins.Running;

/// <summary>Writes the tables of a plugin as a SQL script, in the transaction that drops them.</summary>
internal sealed class PluginExport(IReadSession session, ExportSink sink, CancellationToken cancellationToken)
{
    private const int Group = 50;

    /// <summary>Rows written so far.</summary>
    public long Rows { get; private set; }

    /// <summary>Tables and rows first, then what hangs on them: triggers must not fire on rows that are put back.</summary>
    public async Task RunAsync(IReadOnlyList<SchemaObject> objects)
    {
        await WriteAsync("PRAGMA foreign_keys=OFF").ConfigureAwait(false);
        await WriteAsync("BEGIN").ConfigureAwait(false);
        var tables = objects.Where(static each => each.Type is "table").ToList();
        foreach (var table in tables)
        {
            await WriteAsync(Bare(table.Sql!)).ConfigureAwait(false);
        }

        foreach (var table in tables)
        {
            await WriteRowsAsync(table.Name).ConfigureAwait(false);
        }

        await WriteSequencesAsync(tables).ConfigureAwait(false);
        foreach (var kind in (string[])["index", "view", "trigger"])
        {
            foreach (var each in objects.Where(each => string.Equals(each.Type, kind, StringComparison.Ordinal) && each.Sql is not null))
            {
                await WriteAsync(Bare(each.Sql!)).ConfigureAwait(false);
            }
        }

        await WriteAsync("COMMIT").ConfigureAwait(false);
    }

    // Generated columns make themselves. quote() ends a text at its first NUL.
    private async Task WriteRowsAsync(string table)
    {
        var columns = await session.QueryAsync<string>("SELECT name FROM pragma_table_xinfo(@table) WHERE hidden = 0", new { table }).ConfigureAwait(false);
        var names = columns.Select(SqlName.Quote).ToList();
        var values = names.Select(static name => $"CASE WHEN typeof({name}) = 'text' AND instr({name}, char(0)) > 0 THEN 'CAST(x''' || hex({name}) || ''' AS TEXT)' ELSE quote({name}) END");
        var begin = $"INSERT INTO {SqlName.Quote(table)} ({string.Join(", ", names)}) VALUES (";
        await foreach (var row in session.StreamAsync<string>($"SELECT {Concatenated(values)} FROM {SqlName.Quote(table)}").ConfigureAwait(false))
        {
            await WriteAsync($"{begin}{row})").ConfigureAwait(false);
            Rows++;
        }
    }

    // AUTOINCREMENT must not give a number again that a deleted row had
    private async Task WriteSequencesAsync(List<SchemaObject> tables)
    {
        if (await session.ExecuteScalarAsync<long>("SELECT count(*) FROM sqlite_schema WHERE name = 'sqlite_sequence'").ConfigureAwait(false) == 0)
        {
            return;
        }

        foreach (var table in tables)
        {
            var last = await session.ExecuteScalarAsync<long?>("SELECT seq FROM sqlite_sequence WHERE name = @name", new { name = table.Name }).ConfigureAwait(false);
            if (last is { } number)
            {
                await WriteAsync($"DELETE FROM sqlite_sequence WHERE name = {SqlName.Text(table.Name)}").ConfigureAwait(false);
                await WriteAsync($"INSERT INTO sqlite_sequence (name, seq) VALUES ({SqlName.Text(table.Name)}, {number})").ConfigureAwait(false);
            }
        }
    }

    // in parentheses: SQLite bounds the depth of an expression more tightly than the number of columns
    private static string Concatenated(IEnumerable<string> values)
        => string.Join(" || ', ' || ", values.Chunk(Group).Select(static group => $"({string.Join(" || ', ' || ", group)})"));

    // SQLite keeps a comment behind the last word, which nothing need end: the semicolon would be part of it
    private static string Bare(string sql)
    {
        var end = 0;
        for (var at = 0; at < sql.Length;)
        {
            var next = SqlScanner.EndOfToken(sql, at);
            end = SqlScanner.IsBlank(sql, at) ? end : next;
            at = next;
        }

        return sql[..end];
    }


    private ValueTask WriteAsync(string statement) => sink.WriteAsync(statement + ";", cancellationToken);
}
