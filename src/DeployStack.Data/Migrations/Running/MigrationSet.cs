using DeployStack.Data.Migrations.Sources;

namespace DeployStack.Data.Migrations.Running;

/// <summary>The migrations of all sources that are for one engine, in order, no identity twice.</summary>
internal sealed class MigrationSet
{
    private MigrationSet(IReadOnlyList<Migration> migrations)
    {
        Migrations = migrations;
        Newest = migrations.LastOrDefault(static migration => !migration.IsRepeatable)?.Identity;
    }

    /// <summary>In order, repeatable ones last.</summary>
    public IReadOnlyList<Migration> Migrations { get; }

    /// <summary>The identity of the newest one, repeatable ones left out; <see langword="null"/> for none.</summary>
    public string? Newest { get; }

    /// <param name="stream">What stands before the identities.</param>
    /// <param name="files">In any order.</param>
    /// <param name="engine">The engine's <see cref="DatabaseCapabilities.SystemName"/>: files for others are left out.</param>
    /// <exception cref="MigrationException">A file name does not fit, two files have one identity, or an identity has files
    /// for other engines only.</exception>
    public static MigrationSet Of(string stream, IEnumerable<MigrationFile> files, string engine = "")
    {
        var byIdentity = new SortedDictionary<string, (MigrationFile File, MigrationName Name)>(MigrationOrder.Instance);
        var others = new SortedDictionary<string, MigrationFile>(MigrationOrder.Instance);
        foreach (var file in files)
        {
            var name = MigrationName.Parse(file);
            var identity = stream + name.Identity;
            if (name.Engine is not null && !name.Engine.Equals(engine, StringComparison.OrdinalIgnoreCase))
            {
                others.TryAdd(identity, file);
            }
            else if (!byIdentity.TryGetValue(identity, out var there) || (there.Name.Engine is null && name.Engine is not null))
            {
                byIdentity[identity] = (file, name);
            }
            else if ((there.Name.Engine is null) == (name.Engine is null))
            {
                throw new MigrationException($"Two migrations have the identity {identity}: {there.File.Origin} and {file.Origin}. Nothing was applied. Give the one that no database has yet another number.") { Identity = identity };
            }
        }

        // a forgotten file, or an engine's name with a typing error, must not skip a migration
        return others.FirstOrDefault(other => !byIdentity.ContainsKey(other.Key)) is { Key: { } only, Value: { } lost }
            ? throw new MigrationException($"The migration {only} has files for other engines only ({lost.Origin}); this one is '{engine}'. Nothing was applied. Correct the engine in the name, or add a file for this engine, an empty one if there is nothing to do.") { Identity = only }
            : new([.. byIdentity.Select(static pair => Make(pair.Key, pair.Value.Name, pair.Value.File))]);
    }

    private static Migration Make(string identity, MigrationName name, MigrationFile file)
        => new(identity, name.Words, file.Origin, file.Text, file.Code) { IsRepeatable = name.IsRepeatable };
}
