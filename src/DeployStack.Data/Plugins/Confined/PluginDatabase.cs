using DeployStack.Data.Plugins.Storage;

namespace DeployStack.Data.Plugins.Confined;

/// <summary>The database as a plugin has it: every unit is the plugin's own, and has a deadline.</summary>
internal sealed class PluginDatabase(IDeployStackDatabase database, PluginBuilder plugin, PluginTables tables) : IDeployStackDatabase
{
    private readonly Principal _principal = new(plugin.Id, mayChangeSchema: false);

    public string Name => database.Name;

    public DatabaseCapabilities Capabilities => database.Capabilities with { Connections = false, ForeignKeysOff = false, SecureDelete = false };

    public Task OpenAsync(CancellationToken cancellationToken = default) => database.OpenAsync(cancellationToken);

    public async Task<TResult> ReadAsync<TState, TResult>(Func<IReadSession, TState, ValueTask<TResult>> work, TState state, ReadOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(work);
        await DemandInstalledAsync(cancellationToken).ConfigureAwait(false);
        options ??= new();
        return await database.ReadAsync(work, state, options with { Principal = _principal, WithoutAdvice = true, Label = Label(options), Deadline = Deadline(options) }, cancellationToken).ConfigureAwait(false);
    }

    public async Task<TResult> WriteAsync<TState, TResult>(Func<IWriteSession, TState, ValueTask<TResult>> work, TState state, WriteOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(work);
        await DemandInstalledAsync(cancellationToken).ConfigureAwait(false);
        options ??= new();
        return await database.WriteAsync(work, state, options with { Principal = _principal, WithoutAdvice = true, Label = Label(options), Deadline = Deadline(options) }, cancellationToken).ConfigureAwait(false);
    }

    public async Task<BatchResult> ExecuteBatchAsync(IReadOnlyList<SqlStatement> statements, BatchOptions? options = null, CancellationToken cancellationToken = default)
    {
        await DemandInstalledAsync(cancellationToken).ConfigureAwait(false);
        options ??= new();
        if (options.ForeignKeysOff)
        {
            throw new PluginException(DatabaseErrorKind.NotAuthorized, plugin.Id, $"The plugin '{plugin.Id}' may not switch foreign keys off; nothing was written. Its migrations may, with PRAGMA foreign_keys=OFF.");
        }

        return await database.ExecuteBatchAsync(statements, options with { Principal = _principal, WithoutAdvice = true, Label = Label(options), Deadline = Deadline(options) }, cancellationToken).ConfigureAwait(false);
    }

    // The database is the host's: a plugin does not end it.
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    public void Dispose()
    {
    }

    private ValueTask DemandInstalledAsync(CancellationToken cancellationToken)
        => tables.IsKnownInstalled(plugin.Id) ? default : new(tables.DemandInstalledAsync(plugin.Id, cancellationToken));

    // Labels are compared: what one plugin does must not be taken for the host's work.
    private string Label(UnitOptions options) => options.Label is null ? $"plugin {plugin.Id}" : $"plugin {plugin.Id}: {options.Label}";

    private TimeSpan Deadline(UnitOptions options) => options.Deadline is { } own && own < plugin.Deadline ? own : plugin.Deadline;
}
