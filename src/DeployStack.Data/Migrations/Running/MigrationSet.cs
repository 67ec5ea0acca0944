using DeployStack.Data.Migrations.Sources;

namespace DeployStack.Data.Migrations.Running;

/// <summary>The migrations of all sources, in order, no identity twice.</summary>
internal sealed class MigrationSet
{
    private MigrationSet(IReadOnlyList<Migration> migrations) => Migrations = migrations;

    /// <summary>Orders identities as their numbers: <c>9999</c> before <c>10000</c>.</summary>
    public static IComparer<string> Order { get; } = Comparer<string>.Create(static (left, right) =>
        left.Length != right.Length ? left.Length.CompareTo(right.Length) : string.CompareOrdinal(left, right));

    public IReadOnlyList<Migration> Migrations { get; }

    /// <exception cref="MigrationException">A file name does not fit, or two files have one identity.</exception>
    public static MigrationSet Of(string stream, IEnumerable<MigrationFile> files)
    {
        var byIdentity = new SortedDictionary<string, Migration>(Order);
        foreach (var file in files)
        {
            var name = MigrationName.Parse(file);
            var migration = new Migration(stream + name.Number, name.Words, file.Origin, ScriptText.Normalise(file.Text));
            if (!byIdentity.TryAdd(migration.Identity, migration))
            {
                throw new MigrationException($"Two migrations have the identity {migration.Identity}: {byIdentity[migration.Identity].Origin} and {file.Origin}. Nothing was applied. Give the one that no database has yet another number.") { Identity = migration.Identity };
            }
        }

        return new([.. byIdentity.Values]);
    }
}
