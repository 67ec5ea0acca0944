namespace DeployStack.Data.Hosting;

/// <summary>What named the engine.</summary>
public enum DatabaseSelectionSource
{
    /// <summary>Nothing did.</summary>
    None = 0,

    /// <summary>The file that a set-up writes; it goes before anything else.</summary>
    SelectionFile,

    /// <summary><c>DB_TYPE</c> of the configuration, else of the environment.</summary>
    Variable,
}
