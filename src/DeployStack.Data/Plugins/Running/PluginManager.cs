using DeployStack.Data.Migrations;
using DeployStack.Data.Plugins.Confined;
using DeployStack.Data.Plugins.Storage;
using DeployStack.Data.Settings;
using Microsoft.Extensions.Logging;

namespace DeployStack.Data.Plugins.Running;

/// <summary>Goes through the declared plugins and brings each to what it declares.</summary>
internal sealed class PluginManager : IPluginManager, IDisposable
{
    private readonly IDeployStackDatabase _database;
    private readonly PluginsBuilder _declared;
    private readonly ISettingsStore? _settings;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly PluginTables _tables;
    private readonly Dictionary<string, InstalledPlugin> _plugins;
    private readonly SemaphoreSlim _applying = new(1);

    public PluginManager(IDeployStackDatabase database, PluginsBuilder declared, ISettingsStore? settings, TimeProvider time, ILogger logger)
    {
        _database = database;
        _declared = declared;
        _settings = settings;
        _time = time;
        _logger = logger;
        _tables = new(database, MigrationRunnerFactory.Create(database, PluginTables.Migrations, time, logger), time);
        _plugins = declared.Plugins.ToDictionary(
            static plugin => plugin.Id,
            plugin => new InstalledPlugin(plugin, RunnerOf(plugin), new PluginDatabase(database, plugin, _tables)),
            StringComparer.OrdinalIgnoreCase);
    }

    public async Task<IReadOnlyList<PluginStatus>> ListAsync(CancellationToken cancellationToken = default)
    {
        var stored = await ReadStoredAsync(cancellationToken).ConfigureAwait(false);
        var names = stored.Count == 0 ? [] : await _tables.ReadTableNamesAsync(cancellationToken).ConfigureAwait(false);
        var list = new List<PluginStatus>();
        foreach (var id in _declared.Ids)
        {
            var row = stored.FirstOrDefault(row => Is(row, id));
            var plugin = _plugins[id];
            IReadOnlyList<string> pending = plugin.Runner is null ? [] : [.. (await plugin.Runner.GetStatusAsync(cancellationToken).ConfigureAwait(false)).Pending.Select(static migration => migration.Identity)];
            var state = row is null ? PluginState.NotInstalled
                : pending.Count > 0 || (plugin.Declared.Initialize is not null && row.InitializedAt is null) ? PluginState.Pending
                : PluginState.Current;
            list.Add(new(id, state, row?.Installed, row?.Initialized, row is null ? [] : TablesOf(id), pending));
        }

        list.AddRange(Unregistered(stored).Select(row => new PluginStatus(row.PluginId, PluginState.Unregistered, row.Installed, row.Initialized, TablesOf(row.PluginId), [])));
        return list;

        IReadOnlyList<string> TablesOf(string id) => [.. names.Where(name => PluginId.Owns(id, name))];
    }

    public async Task<IReadOnlyList<PluginResult>> ApplyAsync(CancellationToken cancellationToken = default)
    {
        Demand();
        await _applying.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await _tables.CreateAsync(cancellationToken).ConfigureAwait(false);
            var stored = await ReadStoredAsync(cancellationToken).ConfigureAwait(false);
            if (Unregistered(stored).Select(static row => row.PluginId).ToList() is { Count: > 0 } unregistered)
            {
                RefuseClash(unregistered);
                PluginLog.Unregistered(_logger, "plugins_apply", string.Join(", ", unregistered));
            }

            var results = new List<PluginResult>();
            foreach (var id in _declared.Ids)
            {
                results.Add(await ApplyAsync(_plugins[id], stored.FirstOrDefault(row => Is(row, id)), cancellationToken).ConfigureAwait(false));
            }

            return results;
        }
        finally
        {
            _applying.Release();
        }
    }

    public async Task<PluginUninstallResult> UninstallAsync(string id, PluginUninstallOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(id);
        ArgumentNullException.ThrowIfNull(options);
        if (options.ExportFile is null == options.Export is null)
        {
            throw new ArgumentException($"Give either {nameof(options.ExportFile)} or {nameof(options.Export)}: nothing is dropped that was not exported.", nameof(options));
        }

        Demand();
        await _applying.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (!(await ReadStoredAsync(cancellationToken).ConfigureAwait(false)).Any(row => Is(row, id)))
            {
                throw new PluginException(DatabaseErrorKind.SchemaMissing, id, $"The plugin '{id}' is not installed in this database; nothing was dropped. {nameof(ListAsync)} tells what is.");
            }

            var result = await PluginUninstaller.RunAsync(_database, id, options, cancellationToken).ConfigureAwait(false);
            _tables.Uninstalled(id);
            PluginLog.Uninstalled(_logger, "plugins_uninstall", id, result.Tables.Count, result.Rows);
            return result;
        }
        finally
        {
            _applying.Release();
        }
    }

    public IDeployStackDatabase GetDatabase(string id) => Find(id).Database;

    public ISettingsStore GetSettings(string id)
    {
        var plugin = Find(id);
        return new PluginSettings(_settings ?? throw new InvalidOperationException($"The database '{_database.Name}' has no settings. Declare the plugin's groups with PluginBuilder.AddSettings."), plugin.Declared);
    }

    public void Dispose() => _applying.Dispose();

    private static bool Is(StoredPlugin row, string id) => row.PluginId.Equals(PluginId.Stored(id), StringComparison.Ordinal);

    private InstalledPlugin Find(string id)
    {
        ArgumentNullException.ThrowIfNull(id);
        return _plugins.GetValueOrDefault(id) ?? throw new ArgumentException($"No plugin '{id}' is registered. Register it with AddPlugin.", nameof(id));
    }

    private IMigrationRunner? RunnerOf(PluginBuilder plugin)
    {
        if (plugin.Migrations.Count == 0)
        {
            return null;
        }

        var options = new MigrationOptions
        {
            Stream = PluginHistory.StreamOf(plugin.Id),
            Deadline = plugin.MigrationDeadline,
            Lint = plugin.Lint,
            Principal = new(plugin.Id, mayChangeSchema: true),
        };
        foreach (var source in plugin.Migrations)
        {
            options.Sources.Add(source);
        }

        return MigrationRunnerFactory.Create(_database, options, _time, _logger);
    }

    // what an unregistered plugin left in the schema stays its own, also for the provider
    private async Task<IReadOnlyList<StoredPlugin>> ReadStoredAsync(CancellationToken cancellationToken)
    {
        var stored = await _tables.ReadAsync(cancellationToken).ConfigureAwait(false);
        foreach (var row in stored)
        {
            _declared.Principals.Add(row.PluginId);
        }

        return stored;
    }

    private IEnumerable<StoredPlugin> Unregistered(IEnumerable<StoredPlugin> stored) => stored.Where(row => !_plugins.ContainsKey(row.PluginId));

    private void RefuseClash(List<string> unregistered)
    {
        foreach (var id in _declared.Ids)
        {
            if (unregistered.Find(other => PluginId.Clash(id, other)) is { } other)
            {
                throw new PluginException(DatabaseErrorKind.NotAuthorized, id, $"The plugin '{id}' was not installed: the plugin '{other}' is installed, and a table could belong to both. Nothing was changed. Give the plugin another id, or uninstall '{other}'.");
            }
        }
    }

    private async Task<PluginResult> ApplyAsync(InstalledPlugin plugin, StoredPlugin? stored, CancellationToken cancellationToken)
    {
        var id = plugin.Declared.Id;
        var installed = stored is null && await _tables.InstallAsync(id, cancellationToken).ConfigureAwait(false);
        if (installed)
        {
            PluginLog.Installed(_logger, "plugins_apply", id);
        }

        IReadOnlyList<ExecutedMigration> applied = plugin.Runner is null ? [] : await MigrateAsync(id, plugin.Runner, cancellationToken).ConfigureAwait(false);
        if (plugin.Declared.Initialize is not { } initialize || stored?.InitializedAt is not null)
        {
            return new(id, installed, applied, IsInitialized: false);
        }

        var started = _time.GetTimestamp();
        await initialize(plugin.Database, cancellationToken).ConfigureAwait(false);
        await _tables.InitializedAsync(id, cancellationToken).ConfigureAwait(false);
        var elapsed = _time.GetElapsedTime(started);
        PluginLog.Initialized(_logger, "plugins_apply", id, elapsed.TotalMilliseconds);
        return new(id, installed, applied, IsInitialized: true);
    }

    private static async Task<IReadOnlyList<ExecutedMigration>> MigrateAsync(string id, IMigrationRunner runner, CancellationToken cancellationToken)
    {
        try
        {
            return (await runner.ApplyAsync(cancellationToken).ConfigureAwait(false)).Applied;
        }
        catch (MigrationException error) // told with the plugin; what it was refused keeps its kind
        {
            var kind = error.InnerException is DatabaseException { Kind: DatabaseErrorKind.NotAuthorized } ? DatabaseErrorKind.NotAuthorized : error.Kind;
            throw new PluginException(kind, id, $"The plugin '{id}' could not be brought up to date. {error.Message}", error) { RetryCanSucceed = error.IsTransient, OutcomeUnknown = error.OutcomeUnknown, Sql = error.Sql, Label = error.Label };
        }
    }

    private void Demand()
    {
        if (_declared.Ids is [var id, ..] && !_database.Capabilities.Principals)
        {
            throw new PluginException(DatabaseErrorKind.NotSupported, id, $"The engine '{_database.Capabilities.SystemName}' cannot confine statements to the tables of a plugin ({nameof(DatabaseCapabilities)}.{nameof(DatabaseCapabilities.Principals)}), and the plugin '{id}' never runs unconfined; nothing was run. Use an engine that can, or leave the plugin out.");
        }
    }
}
