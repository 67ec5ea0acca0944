using System.Reflection;
using DeployStack.Data.Migrations.Sources;

namespace DeployStack.Data.Migrations;

/// <summary>A place that migrations are read from: scripts in UTF-8, and classes.</summary>
/// <remarks>Scripts are named <c>NNNN_name.sql</c>, or <c>NNNN_name.sqlite.sql</c> for one engine, whose
/// <see cref="DatabaseCapabilities.SystemName"/> stands before <c>.sql</c>; it wins over the plain one of its number.
/// A script <c>R__name.sql</c> is repeatable: it runs after all others whenever it was changed. Two sources are equal if
/// they name the same place.</remarks>
public abstract record MigrationSource
{
    private protected MigrationSource()
    {
    }

    /// <summary>All <c>*.sql</c> files of a folder, without its subfolders.</summary>
    /// <param name="path">A relative path counts from the folder of the application (<see cref="AppContext.BaseDirectory"/>),
    /// not from the current directory: scripts are part of the application.</param>
    /// <param name="naming">How file names become identities.</param>
    public static MigrationSource FromFolder(string path, MigrationNaming naming = MigrationNaming.Number)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        return new FolderSource(Path.GetFullPath(path, AppContext.BaseDirectory), naming);
    }

    /// <summary>All embedded resources of an assembly whose names end in <c>.sql</c>, and its public classes that implement
    /// <see cref="IMigration"/>, are not abstract and have a constructor without parameters.</summary>
    /// <param name="assembly">In its project: <c>&lt;EmbeddedResource Include="Migrations/*.sql" /&gt;</c>.</param>
    /// <param name="prefix">Only resources and classes whose full names begin so, for an assembly that embeds other SQL as
    /// well (<c>MyApp.Migrations.</c>); empty for all.</param>
    /// <param name="naming">How the file names of the scripts become identities.</param>
    public static MigrationSource FromAssembly(Assembly assembly, string prefix = "", MigrationNaming naming = MigrationNaming.Number)
    {
        ArgumentNullException.ThrowIfNull(assembly);
        ArgumentNullException.ThrowIfNull(prefix);
        return new AssemblySource(assembly, prefix, naming);
    }

    /// <summary>Scripts that are given as text, for tests and for features that own tables.</summary>
    /// <param name="scripts">File name → SQL text.</param>
    public static MigrationSource FromScripts(IReadOnlyDictionary<string, string> scripts)
    {
        ArgumentNullException.ThrowIfNull(scripts);
        return new ScriptSource(scripts);
    }

    /// <summary>Migrations written in C#, for classes that need something to be made with.</summary>
    /// <param name="migrations">They stay the caller's, and are used by any thread.</param>
    public static MigrationSource FromMigrations(params IReadOnlyList<IMigration> migrations)
    {
        ArgumentNullException.ThrowIfNull(migrations);
        return new CodeSource([.. migrations]);
    }

    /// <summary>Reads the scripts, in any order.</summary>
    /// <exception cref="MigrationException">The place is missing, empty or unreadable.</exception>
    internal abstract Task<IReadOnlyList<MigrationFile>> ReadAsync(CancellationToken cancellationToken);
}
