using DeployStack.Data.Migrations.Lint.Model;
using DeployStack.Data.Schema;

namespace DeployStack.Data.Migrations.Lint;

/// <summary>What the lint asks the database: its schema, and whether the tables that findings are about have rows.</summary>
internal static class LiveSchema
{
    private const int TablesOfQuery = 100; // SQLite allows 500 parts of a compound SELECT

    private static readonly ReadOptions _options = new() { Label = "migration lint", WithoutAdvice = true };

    public static async Task<LintSchema> ReadAsync(IDeployStackDatabase database, CancellationToken cancellationToken)
        => LintSchema.Of(await database.QueryAsync<string>("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL", null, _options, cancellationToken).ConfigureAwait(false));

    /// <summary>The rows of each table, counted no further than <see cref="LintDraft.CountLimit"/>.</summary>
    public static async Task<IReadOnlyDictionary<string, long>> CountAsync(IDeployStackDatabase database, IEnumerable<string> tables, CancellationToken cancellationToken)
    {
        var counts = new Dictionary<string, long>(StringComparer.OrdinalIgnoreCase);
        foreach (var names in tables.Distinct(StringComparer.OrdinalIgnoreCase).Chunk(TablesOfQuery))
        {
            var sql = string.Join(" UNION ALL ", names.Select(static (name, i) => $"SELECT {i} AS position, count(*) AS rows FROM (SELECT 1 FROM {SqlName.Quote(name)} LIMIT {LintDraft.CountLimit})"));
            foreach (var (position, rows) in await database.QueryAsync<(long Position, long Rows)>(sql, null, _options, cancellationToken).ConfigureAwait(false))
            {
                counts[names[(int)position]] = rows;
            }
        }

        return counts;
    }
}
