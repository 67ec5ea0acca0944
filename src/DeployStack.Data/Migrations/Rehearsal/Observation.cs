using DeployStack.Data.Migrations.Running;
using DeployStack.Data.Schema;

namespace DeployStack.Data.Migrations.Rehearsal;

/// <summary>What a database is like between two migrations.</summary>
internal sealed record Observation(SchemaModel Schema, IReadOnlyDictionary<string, long> Rows)
{
    private static readonly ReadOptions _options = new() { Label = "rehearsal" };

    public static Task<Observation> MakeAsync(IDeployStackDatabase database, bool countRows, CancellationToken cancellationToken)
        => database.ReadAsync(ReadAsync, (database.Capabilities.SqliteSchema, countRows), _options, cancellationToken);

    /// <summary>The tables whose rows a migration changed.</summary>
    /// <param name="later">Made after it.</param>
    /// <param name="affected">What its statements affected, by table.</param>
    public IReadOnlyList<TableRows> ChangedRows(Observation later, IReadOnlyDictionary<string, long> affected)
        => [.. Rows.Keys.Union(later.Rows.Keys, SqlName.Comparer)
            .Select(table => new TableRows(table, Count(table), later.Count(table), affected.GetValueOrDefault(table)))
            .Where(static each => each.Before != each.After || each.Affected > 0)
            .OrderBy(static each => each.Table, StringComparer.OrdinalIgnoreCase)];

    private static async ValueTask<Observation> ReadAsync(IReadSession session, (bool HasSchema, bool CountRows) what)
    {
        var rows = new Dictionary<string, long>(SqlName.Comparer);
        if (!what.HasSchema)
        {
            return new(new SchemaModel([]), rows);
        }

        var schema = await SchemaModel.ReadAsync(session, [MigrationHistory.Table]).ConfigureAwait(false);
        foreach (var table in what.CountRows ? schema.Tables : [])
        {
            rows[table] = await session.ExecuteScalarAsync<long>($"SELECT count(*) FROM {SqlName.Quote(table)}").ConfigureAwait(false);
        }

        return new(schema, rows);
    }

    private long? Count(string table) => Rows.TryGetValue(table, out var count) ? count : null;
}
