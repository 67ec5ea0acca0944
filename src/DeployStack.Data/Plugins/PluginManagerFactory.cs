using DeployStack.Data.Plugins.Running;
using DeployStack.Data.Settings;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace DeployStack.Data.Plugins;

/// <summary>Makes a manager where there is no container: in tests, in tools.</summary>
public static class PluginManagerFactory
{
    /// <summary>Makes a manager for a database; nothing is read yet.</summary>
    /// <param name="database">The database of the host; it stays the caller's.</param>
    /// <param name="plugins">The declared plugins; not changed afterwards.</param>
    /// <param name="settings">The settings of the same database, with the plugins' groups; <see langword="null"/> for none.</param>
    /// <param name="time">The clock of the rows; <see langword="null"/> for the system's.</param>
    /// <param name="logger">Where log events go; <see langword="null"/> for nowhere.</param>
    public static IPluginManager Create(IDeployStackDatabase database, PluginsBuilder plugins, ISettingsStore? settings = null, TimeProvider? time = null, ILogger? logger = null)
    {
        ArgumentNullException.ThrowIfNull(database);
        ArgumentNullException.ThrowIfNull(plugins);
        return new PluginManager(database, plugins, settings, time ?? TimeProvider.System, logger ?? NullLogger.Instance);
    }
}
