using DeployStack.Data.Migrations.Adoption;
using DeployStack.Data.Migrations.Running;

namespace DeployStack.Data.Migrations.Comparison;

/// <summary>The migrations of the application beside the rows of the history.</summary>
/// <param name="Set">What the application has.</param>
/// <param name="Status">What follows.</param>
/// <param name="Stored">The stored text of the migrations whose checksum is another now.</param>
/// <param name="Adopted">What another tool applied and the history does not have; part of the status as if it had.</param>
internal sealed record MigrationComparison(
    MigrationSet Set, MigrationStatus Status, IReadOnlyDictionary<string, string> Stored, IReadOnlyList<AdoptedMigration> Adopted)
{
    private readonly Dictionary<string, AppliedMigration> _rows = Status.Applied.ToDictionary(static row => row.Identity, StringComparer.Ordinal);

    /// <summary>The migrations whose text is not the one that was applied. Where one of the two has no checksum, because it
    /// is a class without a version, there is nothing to compare.</summary>
    public static IReadOnlyList<Migration> Differing(MigrationSet set, IReadOnlyList<AppliedMigration> history)
    {
        var rows = history.ToDictionary(static row => row.Identity, StringComparer.Ordinal);
        return [.. set.Migrations.Where(migration => rows.TryGetValue(migration.Identity, out var row) && row.Checksum.Length > 0
            && migration.Checksum.Length > 0 && !string.Equals(row.Checksum, migration.Checksum, StringComparison.Ordinal))];
    }

    /// <param name="set">What the application has.</param>
    /// <param name="history">The rows of the history, in any order.</param>
    /// <param name="stored">The text of those that differ.</param>
    /// <param name="late">What happens to late migrations.</param>
    /// <param name="adopted">What another tool applied, besides the rows.</param>
    public static MigrationComparison Of(
        MigrationSet set,
        IReadOnlyList<AppliedMigration> history,
        IReadOnlyDictionary<string, string> stored,
        LateMigrationPolicy late = LateMigrationPolicy.Apply,
        IReadOnlyList<AdoptedMigration>? adopted = null)
    {
        var byIdentity = set.Migrations.ToDictionary(static migration => migration.Identity, StringComparer.Ordinal);
        var rows = history.Concat((adopted ?? []).Select(each => RowOf(byIdentity[each.Identity], each)))
            .OrderBy(static row => row.Identity, MigrationOrder.Instance).ToList();
        var applied = rows.Select(static row => row.Identity).ToHashSet(StringComparer.Ordinal);
        var unknown = rows.Where(row => !byIdentity.ContainsKey(row.Identity)).ToLookup(row => IsNewer(row, set.Newest));
        var highest = rows.LastOrDefault(static row => !MigrationOrder.IsRepeatable(row.Identity))?.Identity;
        var lateOnes = set.Migrations.Where(each => !each.IsRepeatable && !applied.Contains(each.Identity) && MigrationOrder.Instance.Compare(each.Identity, highest) < 0).ToList();
        var left = late == LateMigrationPolicy.Warn ? lateOnes : [];
        var differing = Differing(set, rows).ToLookup(each =>
            each.Code is null && ScriptTokens.AreEqual(stored[each.Identity], each.Script) ? Difference.Format
            : each.IsRepeatable ? Difference.Repeat
            : Difference.Meaning);
        var again = differing[Difference.Repeat].ToHashSet();
        var status = new MigrationStatus(
            rows,
            [.. set.Migrations.Where(each => (!applied.Contains(each.Identity) && !left.Contains(each)) || again.Contains(each))],
            [.. unknown[false]],
            [.. differing[Difference.Meaning]])
        {
            Superseded = [.. unknown[true]],
            Late = lateOnes,
            Reformatted = [.. differing[Difference.Format]],
        };
        return new(set, status, stored, adopted ?? []);
    }

    /// <summary>The row of a migration; <see langword="null"/> where there is none.</summary>
    public AppliedMigration? RowOf(Migration migration) => _rows.GetValueOrDefault(migration.Identity);

    private static AppliedMigration RowOf(Migration migration, AdoptedMigration adopted)
        => new(migration.Identity, migration.Name, migration.Checksum, adopted.AppliedAt) { Kind = MigrationHistoryKind.Adopted };

    private static bool IsNewer(AppliedMigration row, string? newest)
        => !MigrationOrder.IsRepeatable(row.Identity) && (newest is null || MigrationOrder.Instance.Compare(row.Identity, newest) > 0);

    private enum Difference
    {
        Format,
        Repeat,
        Meaning,
    }
}
