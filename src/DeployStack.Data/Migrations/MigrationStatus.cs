using DeployStack.Data.Migrations.Running;

namespace DeployStack.Data.Migrations;

/// <summary>The application's migrations beside the history of the database; every list is in the order of identities.</summary>
/// <param name="Applied">All rows of the history.</param>
/// <param name="Pending">What <see cref="IMigrationRunner.ApplyAsync"/> would apply.</param>
/// <param name="Missing">Applied, but no script of the application: applied by a newer version, or deleted since.</param>
/// <param name="Modified">Applied, and the script has another checksum now; no migration is applied while there is one.</param>
public sealed record MigrationStatus(
    IReadOnlyList<AppliedMigration> Applied,
    IReadOnlyList<Migration> Pending,
    IReadOnlyList<AppliedMigration> Missing,
    IReadOnlyList<Migration> Modified)
{
    /// <summary>Compares a set of scripts with a history.</summary>
    internal static MigrationStatus Of(MigrationSet set, IReadOnlyList<AppliedMigration> history)
    {
        var applied = history.ToDictionary(static row => row.Identity, StringComparer.Ordinal);
        var known = set.Migrations.Select(static migration => migration.Identity).ToHashSet(StringComparer.Ordinal);
        var ordered = history.OrderBy(static row => row.Identity, MigrationSet.Order).ToList();
        return new(
            ordered,
            [.. set.Migrations.Where(migration => !applied.ContainsKey(migration.Identity))],
            [.. ordered.Where(row => !known.Contains(row.Identity))],
            [.. set.Migrations.Where(migration => applied.TryGetValue(migration.Identity, out var row) && !string.Equals(row.Checksum, migration.Checksum, StringComparison.Ordinal))]);
    }
}
