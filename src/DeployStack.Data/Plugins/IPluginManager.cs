using DeployStack.Data.Settings;

namespace DeployStack.Data.Plugins;

/// <summary>The plugins of one database: it installs them, brings them up to date, confines them and takes them out.</summary>
/// <remarks>Thread-safe. A plugin owns what begins with its id and an underscore, and reaches nothing else. Its data is kept
/// until <see cref="UninstallAsync"/>: neither a start nor an unregistered plugin drops anything. It needs
/// <see cref="DatabaseCapabilities.Principals"/>; without it a plugin is refused, never run unconfined.</remarks>
/// <example><code>
/// await plugins.ApplyAsync(); // after IMigrationRunner.ApplyAsync; MigrateOnStartup does both
/// IDeployStackDatabase own = plugins.GetDatabase("example-plugin");
/// </code></example>
public interface IPluginManager
{
    /// <summary>Lists the registered plugins, and those that are installed and no longer registered; nothing is written.</summary>
    /// <param name="cancellationToken">Stops the reads within 50 ms.</param>
    /// <exception cref="DatabaseException">The database could not be read, or a script of a plugin is wrong.</exception>
    Task<IReadOnlyList<PluginStatus>> ListAsync(CancellationToken cancellationToken = default);

    /// <summary>Installs what is missing and applies what is pending, plugin by plugin in the order of registration: the
    /// plugin's migrations on its own behalf, then its initialisation if that never completed.</summary>
    /// <param name="cancellationToken">Stops between two steps, or undoes the one that runs.</param>
    /// <remarks>Call it at start, after the application's migrations. Tables of plugins that are no longer registered are
    /// left alone. Of several processes that start at once each applies what the others did not.</remarks>
    /// <exception cref="PluginException">A plugin failed, or tried what it may not; what was completed before is kept.</exception>
    /// <exception cref="DatabaseException">The engine lacks principals (<see cref="DatabaseErrorKind.NotSupported"/>), or the
    /// database could not be read.</exception>
    Task<IReadOnlyList<PluginResult>> ApplyAsync(CancellationToken cancellationToken = default);

    /// <summary>Exports the tables of a plugin and then drops them and its history, in one transaction: what is dropped is
    /// what was exported.</summary>
    /// <param name="id">An installed plugin, registered or not. One that stays registered is installed anew, empty, by the
    /// next <see cref="ApplyAsync"/>.</param>
    /// <param name="options">Where the export goes; without one nothing is dropped.</param>
    /// <param name="cancellationToken">As for a write; nothing is dropped then.</param>
    /// <remarks>Its settings stay. The transaction keeps writers waiting while the rows are exported.</remarks>
    /// <exception cref="PluginException">It is not installed, or objects of the host depend on its tables.</exception>
    /// <exception cref="IOException">The export could not be written; nothing was dropped.</exception>
    Task<PluginUninstallResult> UninstallAsync(string id, PluginUninstallOptions options, CancellationToken cancellationToken = default);

    /// <summary>The database as the plugin may have it: its own tables, no changes of the schema, a deadline.</summary>
    /// <param name="id">A registered plugin.</param>
    /// <returns>The same instance each time; disposing it does nothing. Its units fail until the plugin is installed.</returns>
    /// <exception cref="ArgumentException">No plugin of this id is registered.</exception>
    IDeployStackDatabase GetDatabase(string id);

    /// <summary>The settings as the plugin may have them: keys and groups that begin with its id and a dot.</summary>
    /// <param name="id">A registered plugin.</param>
    /// <exception cref="ArgumentException">No plugin of this id is registered.</exception>
    /// <exception cref="InvalidOperationException">The database has no settings.</exception>
    ISettingsStore GetSettings(string id);
}
