using System.Reflection;
using DeployStack.Data.Migrations.Sources;

namespace DeployStack.Data.Migrations;

/// <summary>A place that migrations are read from: scripts named <c>NNNN_name.sql</c>, in UTF-8.</summary>
/// <remarks>Two sources are equal if they name the same place.</remarks>
public abstract record MigrationSource
{
    private protected MigrationSource()
    {
    }

    /// <summary>All <c>*.sql</c> files of a folder, without its subfolders.</summary>
    /// <param name="path">A relative path counts from the folder of the application (<see cref="AppContext.BaseDirectory"/>),
    /// not from the current directory: scripts are part of the application.</param>
    public static MigrationSource FromFolder(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        return new FolderSource(Path.GetFullPath(path, AppContext.BaseDirectory));
    }

    /// <summary>All embedded resources of an assembly whose names end in <c>.sql</c>.</summary>
    /// <param name="assembly">In its project: <c>&lt;EmbeddedResource Include="Migrations/*.sql" /&gt;</c>.</param>
    /// <param name="prefix">Only resources whose names begin so, for an assembly that embeds other SQL as well
    /// (<c>MyApp.Migrations.</c>); empty for all.</param>
    public static MigrationSource FromAssembly(Assembly assembly, string prefix = "")
    {
        ArgumentNullException.ThrowIfNull(assembly);
        ArgumentNullException.ThrowIfNull(prefix);
        return new AssemblySource(assembly, prefix);
    }

    /// <summary>Scripts that are given as text, for tests and for features that own tables.</summary>
    /// <param name="scripts">File name → SQL text.</param>
    public static MigrationSource FromScripts(IReadOnlyDictionary<string, string> scripts)
    {
        ArgumentNullException.ThrowIfNull(scripts);
        return new ScriptSource(scripts);
    }

    /// <summary>Reads the scripts, in any order.</summary>
    /// <exception cref="MigrationException">The place is missing, empty or unreadable.</exception>
    internal abstract Task<IReadOnlyList<MigrationFile>> ReadAsync(CancellationToken cancellationToken);
}
