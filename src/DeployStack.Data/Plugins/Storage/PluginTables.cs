using System.Collections.Concurrent;
using DeployStack.Data.Migrations;

namespace DeployStack.Data.Plugins.Storage;

/// <summary>The table <c>deploystack_plugins</c>: what is installed, and whether it was initialised.</summary>
internal sealed class PluginTables(IDeployStackDatabase database, IMigrationRunner tables, TimeProvider time)
{
    private const string Create = """
        CREATE TABLE deploystack_plugins (
            plugin_id TEXT NOT NULL PRIMARY KEY,
            installed_at BIGINT NOT NULL,
            initialized_at BIGINT
        );
        """;

    private static readonly ReadOptions _read = new() { Label = "plugins", WithoutAdvice = true };
    private static readonly BatchOptions _write = new() { Label = "plugins", WithoutAdvice = true, Durability = Durability.Full };

    private readonly ConcurrentDictionary<string, bool> _installed = new(StringComparer.Ordinal);

    public static MigrationOptions Migrations => new()
    {
        Stream = "plugins/",
        Sources = { MigrationSource.FromScripts(new Dictionary<string, string>(StringComparer.Ordinal) { ["0001_plugins.sql"] = Create }) },
    };

    public Task CreateAsync(CancellationToken cancellationToken) => tables.ApplyAsync(cancellationToken);

    /// <summary>All rows; none where the table was never created.</summary>
    public async Task<IReadOnlyList<StoredPlugin>> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await database.QueryAsync<StoredPlugin>("SELECT plugin_id, installed_at, initialized_at FROM deploystack_plugins ORDER BY plugin_id", null, _read, cancellationToken).ConfigureAwait(false);
        }
        catch (DatabaseException error) when (error.Kind == DatabaseErrorKind.SchemaMissing) // no plugin was ever installed
        {
            return [];
        }
    }

    /// <summary>The names of all tables, in order.</summary>
    public Task<IReadOnlyList<string>> ReadTableNamesAsync(CancellationToken cancellationToken)
        => database.QueryAsync<string>("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name", null, _read, cancellationToken);

    /// <summary>Whether an earlier look found it installed; for the way of each unit.</summary>
    public bool IsKnownInstalled(string id) => _installed.ContainsKey(id);

    /// <exception cref="PluginException">It is not: its prefix may be that of the host's own tables.</exception>
    public async Task DemandInstalledAsync(string id, CancellationToken cancellationToken)
    {
        if (database.Capabilities.Principals && !(await ReadAsync(cancellationToken).ConfigureAwait(false)).Any(row => string.Equals(row.PluginId, PluginId.Stored(id), StringComparison.Ordinal)))
        {
            throw new PluginException(DatabaseErrorKind.SchemaMissing, id, $"The plugin '{id}' is not installed in this database; nothing was run. Call {nameof(IPluginManager)}.{nameof(IPluginManager.ApplyAsync)} once at start, or MigrateOnStartup.");
        }

        _installed[id] = true;
    }

    /// <summary>Records that a plugin is installed, if nothing in the database has a name that would become its own.</summary>
    /// <returns>False where it was installed already.</returns>
    public async Task<bool> InstallAsync(string id, CancellationToken cancellationToken)
    {
        try
        {
            await database.ExecuteBatchAsync(
                [
                    new SqlStatement("INSERT INTO deploystack_plugins (plugin_id, installed_at) VALUES (@id, @now)", new { id = PluginId.Stored(id), now = time.GetUtcNow().ToUnixTimeMilliseconds() }),
                    new SqlStatement("SELECT 1 FROM sqlite_schema WHERE lower(substr(name, 1, @length)) = @prefix OR lower(substr(tbl_name, 1, @length)) = @prefix", new { length = id.Length + 1, prefix = PluginId.Stored(id) + "_" }) { Expectation = StatementExpectation.NoRows },
                ],
                _write,
                cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (DatabaseException error) when (error.Kind == DatabaseErrorKind.UniqueViolation) // installed before, or by another process just now
        {
            return false;
        }
        catch (DatabaseException error) when (error.Kind == DatabaseErrorKind.ExpectationFailed) // the one expectation of this batch
        {
            throw new PluginException(DatabaseErrorKind.NotAuthorized, id, $"The plugin '{id}' was not installed: the database has objects that begin with '{id}_' already, which would become the plugin's own. Nothing was changed. Give the plugin another id, or rename those objects.", error);
        }
    }

    public Task InitializedAsync(string id, CancellationToken cancellationToken) => database.ExecuteBatchAsync(
        [new SqlStatement("UPDATE deploystack_plugins SET initialized_at = @now WHERE plugin_id = @id", new { id = PluginId.Stored(id), now = time.GetUtcNow().ToUnixTimeMilliseconds() })],
        _write,
        cancellationToken);

    /// <summary>The plugin is no longer there.</summary>
    public void Uninstalled(string id)
    {
        foreach (var known in _installed.Keys.Where(known => known.Equals(id, StringComparison.OrdinalIgnoreCase)).ToList())
        {
            _installed.TryRemove(known, out _);
        }
    }
}
