using DeployStack.Data.Migrations.Adoption;
using DeployStack.Data.Migrations.Running;
using DeployStack.Data.Migrations.Sources;

namespace DeployStack.Data.Migrations.Comparison;

/// <summary>Reads migrations, once, and history, and compares them; nothing is written.</summary>
internal sealed class MigrationReader(IDeployStackDatabase database, MigrationOptions options, MigrationHistory history)
{
    private MigrationSet? _set;

    public async Task<MigrationComparison> ReadAsync(CancellationToken cancellationToken)
    {
        var set = await LoadAsync(cancellationToken).ConfigureAwait(false);
        var rows = await history.ReadAsync(cancellationToken).ConfigureAwait(false);
        var differing = MigrationComparison.Differing(set, rows);
        var stored = await history.ReadScriptsAsync(differing, cancellationToken).ConfigureAwait(false);
        var adopted = await AdoptAsync(set, rows, cancellationToken).ConfigureAwait(false);
        return MigrationComparison.Of(set, rows, stored, options.LateMigrations, adopted);
    }

    /// <summary>The migrations of all sources.</summary>
    public async Task<MigrationSet> LoadAsync(CancellationToken cancellationToken)
    {
        if (_set is { } loaded)
        {
            return loaded;
        }

        if (options.Sources.Count == 0)
        {
            throw new MigrationException("No source of migrations was given. Nothing was applied. Add one with AddMigrations or MigrationOptions.Sources.");
        }

        var files = new List<MigrationFile>();
        foreach (var source in options.Sources.Distinct())
        {
            files.AddRange(await source.ReadAsync(cancellationToken).ConfigureAwait(false));
        }

        return _set = MigrationSet.Of(options.Stream, files, database.Capabilities.SystemName);
    }

    private async Task<IReadOnlyList<AdoptedMigration>> AdoptAsync(MigrationSet set, IReadOnlyList<AppliedMigration> rows, CancellationToken cancellationToken)
    {
        if (options.Adoptions.Count == 0)
        {
            return [];
        }

        var applied = rows.Select(static row => row.Identity).ToHashSet(StringComparer.Ordinal);
        var versioned = set.Migrations.Where(static migration => !migration.IsRepeatable).ToList();
        if (versioned.TrueForAll(migration => applied.Contains(migration.Identity)))
        {
            return [];
        }

        var known = versioned.Select(static migration => migration.Identity).ToHashSet(StringComparer.Ordinal);
        var adopted = new List<AdoptedMigration>();
        foreach (var adoption in options.Adoptions)
        {
            foreach (var found in await adoption.FindAsync(database, versioned, rows, cancellationToken).ConfigureAwait(false))
            {
                if (!known.Contains(found.Identity))
                {
                    throw new MigrationException($"{adoption.GetType().Name} adopts the migration {found.Identity}, which the application does not have. Nothing was written.") { Identity = found.Identity };
                }

                if (applied.Add(found.Identity))
                {
                    adopted.Add(found);
                }
            }
        }

        return adopted;
    }
}
