namespace DeployStack.Data.Plugins;

/// <summary>How a plugin stands in the database.</summary>
public enum PluginState
{
    /// <summary>Registered, and the database has nothing of it.</summary>
    NotInstalled,

    /// <summary>Installed; migrations are pending, or its initialisation has not completed.</summary>
    Pending,

    /// <summary>Installed, and nothing is left to do.</summary>
    Current,

    /// <summary>Installed, and the application no longer registers it: its tables are kept as they are.</summary>
    Unregistered,
}
