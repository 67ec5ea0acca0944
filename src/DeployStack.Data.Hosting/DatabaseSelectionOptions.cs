using DeployStack.Data.Provider;

namespace DeployStack.Data.Hosting;

/// <summary>How the engine is chosen from configuration. Read once, at registration.</summary>
public sealed class DatabaseSelectionOptions
{
    /// <summary>The key of the database's services. Default empty: the default database.</summary>
    public string Name { get; set; } = string.Empty;

    /// <summary>The file that a set-up writes. A relative path starts at the current directory. Default
    /// <c>persistent_data/db.selection.json</c>. Give each named database a file of its own.</summary>
    public string SelectionFile { get; set; } = "persistent_data/db.selection.json";

    /// <summary>The section of the configuration whose parts (<c>Sqlite</c>) hold the settings of the engines. Default
    /// <c>DeployStackData</c>.</summary>
    public string Section { get; set; } = "DeployStackData";

    /// <summary>Engines besides those of the known packages, which are found by their name; one given here goes first.</summary>
    public IList<DatabaseProviderRegistration> Providers { get; } = [];
}
