using DeployStack.Data.Migrations;
using DeployStack.Data.Migrations.Adoption;

namespace DeployStack.Data.Upstream;

/// <summary>Reads the table <c>__drizzle_migrations</c> in both layouts that stand under this name: DeployStack's own, which
/// keeps file names, and the one of drizzle-orm, which keeps the SHA-256 of the files.</summary>
/// <remarks>
/// The layout is told by the columns. A file name fits a migration whose identity it is (<see cref="MigrationNaming.FileName"/>)
/// or whose number and words it is; a hash fits the file with either kind of line ends. Every row must fit: a row that
/// does not is of another chain of migrations, and nothing is adopted then. The table is only read, so DeployStack still
/// starts on the database.
/// </remarks>
public sealed class UpstreamAdoption : IMigrationAdoption
{
    private const string Table = "__drizzle_migrations";
    private const string Ending = ".sql";
    private const int Shown = 20;

    // seconds until the year 5138; older rows were written in milliseconds
    private const long MaxSeconds = 100_000_000_000;

    private static readonly ReadOptions _options = new() { Label = "upstream adoption" };

    /// <inheritdoc/>
    public IReadOnlyCollection<string> Tables { get; } = [Table];

    /// <inheritdoc/>
    public async Task<IReadOnlyList<AdoptedMigration>> FindAsync(
        IDeployStackDatabase database,
        IReadOnlyList<Migration> migrations,
        IReadOnlyList<AppliedMigration> applied,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(database);
        ArgumentNullException.ThrowIfNull(migrations);
        ArgumentNullException.ThrowIfNull(applied);
        if (!database.Capabilities.SqliteSchema)
        {
            return []; // DeployStack's databases are SQLite's
        }

        var columns = await database.QueryAsync<string>($"SELECT lower(name) FROM pragma_table_info('{Table}')", null, _options, cancellationToken).ConfigureAwait(false);
        if (columns.Count == 0)
        {
            return [];
        }

        return columns.Contains("migration_name", StringComparer.Ordinal) ? await FindByNameAsync(database, migrations, applied, cancellationToken).ConfigureAwait(false)
            : columns.Contains("hash", StringComparer.Ordinal) ? await FindByHashAsync(database, migrations, applied, cancellationToken).ConfigureAwait(false)
            : throw new MigrationException($"The table {Table} has neither a column migration_name nor a column hash: it is of no layout that is known ({string.Join(", ", columns)}). Nothing was adopted. If the schema is what the migrations describe, mark them with BaselineAsync instead.");
    }

    private static async Task<IReadOnlyList<AdoptedMigration>> FindByNameAsync(
        IDeployStackDatabase database, IReadOnlyList<Migration> migrations, IReadOnlyList<AppliedMigration> applied, CancellationToken cancellationToken)
    {
        var byName = migrations.ToLookup(static each => each.Identity, StringComparer.Ordinal);
        var byWords = migrations.ToLookup(static each => $"{each.Identity}_{each.Name}", StringComparer.Ordinal);
        var known = applied.SelectMany(static row => new[] { row.Identity, $"{row.Identity}_{row.Name}" }).ToHashSet(StringComparer.Ordinal);
        var rows = await database.QueryAsync<(string Name, long? At)>($"SELECT migration_name, CAST(applied_at AS INTEGER) FROM {Table} ORDER BY id", null, _options, cancellationToken).ConfigureAwait(false);
        return Adopt(
            rows,
            name => byName[Stem(name)].Concat(byWords[Stem(name)]).FirstOrDefault(),
            name => known.Contains(Stem(name)),
            static at => at < MaxSeconds ? DateTimeOffset.FromUnixTimeSeconds(at) : DateTimeOffset.FromUnixTimeMilliseconds(at));
    }

    // id SERIAL is no rowid there and NULL in every row
    private static async Task<IReadOnlyList<AdoptedMigration>> FindByHashAsync(
        IDeployStackDatabase database, IReadOnlyList<Migration> migrations, IReadOnlyList<AppliedMigration> applied, CancellationToken cancellationToken)
    {
        var known = applied.Select(static row => row.Checksum).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var rows = await database.QueryAsync<(string Hash, long? At)>($"SELECT hash, CAST(created_at AS INTEGER) FROM {Table} ORDER BY rowid", null, _options, cancellationToken).ConfigureAwait(false);
        return Adopt(
            rows,
            hash => migrations.FirstOrDefault(each => each.HasHash(hash)),
            known.Contains,
            DateTimeOffset.FromUnixTimeMilliseconds);
    }

    private static List<AdoptedMigration> Adopt(
        IReadOnlyList<(string Key, long? At)> rows, Func<string, Migration?> find, Func<string, bool> isKnown, Func<long, DateTimeOffset> toTime)
    {
        var adopted = new List<AdoptedMigration>();
        var unknown = new List<string>();
        foreach (var (key, at) in rows)
        {
            if (find(key) is { } migration)
            {
                adopted.Add(new(migration.Identity, toTime(at ?? 0)));
            }
            else if (!isKnown(key)) // a migration that was taken over before and is deleted since
            {
                unknown.Add(key);
            }
        }

        return unknown.Count == 0 ? adopted
            : throw new MigrationException($"The table {Table} has {unknown.Count} migration(s) that the application does not have: {string.Join(", ", unknown.Take(Shown))}{(unknown.Count > Shown ? ", …" : string.Empty)}. Another version of DeployStack, or an older chain of its migrations, made this database; nothing was adopted and nothing was written. Add the scripts of that version, or, if the schema is what the migrations describe, set the baseline with BaselineAsync without this adoption.");
    }

    private static string Stem(string name) => name.EndsWith(Ending, StringComparison.OrdinalIgnoreCase) ? name[..^Ending.Length] : name;
}
