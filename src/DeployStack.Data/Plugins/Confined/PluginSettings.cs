using DeployStack.Data.Settings;
using DeployStack.Data.Settings.History;
using Microsoft.Extensions.Primitives;

namespace DeployStack.Data.Plugins.Confined;

/// <summary>The settings as a plugin has them: its own keys and groups.</summary>
internal sealed class PluginSettings(ISettingsStore settings, PluginBuilder plugin) : ISettingsStore
{
    private readonly string _id = plugin.Id;
    private readonly PluginSettingsScope _scope = new(plugin);

    public Task<SettingsResult> InitializeAsync(CancellationToken cancellationToken = default)
        => throw new PluginException(DatabaseErrorKind.NotAuthorized, _id, $"The plugin '{_id}' may not initialise the settings of the database; the host does that at start, with the plugin's groups.");

    public async ValueTask<SettingsSnapshot> GetSnapshotAsync(CancellationToken cancellationToken = default)
        => (await settings.GetSnapshotAsync(cancellationToken).ConfigureAwait(false)).Confine(_scope);

    public Task<SettingsWriteResult> WriteAsync(SettingsBatch batch, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(batch);
        var demanded = batch.Copy(); // the plugin could change its own after it was checked
        foreach (var change in demanded.Changes)
        {
            Demand(change.Key);
        }

        return settings.WriteAsync(demanded, cancellationToken);
    }

    public async Task<SettingsWriteResult> UndoAsync(long batchId, string? actor = null, CancellationToken cancellationToken = default)
    {
        var batches = await settings.GetHistoryAsync(new() { BatchId = batchId }, cancellationToken).ConfigureAwait(false);
        if (batches.Count == 0)
        {
            // not passed on: the host may write the batch of that number meanwhile, which nobody would have looked at
            throw HistoryReader.NoBatch(batchId);
        }

        foreach (var change in batches.SelectMany(static batch => batch.Changes))
        {
            Demand(change.Key);
        }

        return await settings.UndoAsync(batchId, actor, cancellationToken).ConfigureAwait(false);
    }

    public async Task<IReadOnlyList<SettingsHistoryEntry>> GetHistoryAsync(SettingHistoryQuery? query = null, CancellationToken cancellationToken = default)
    {
        if (query?.Key is { } key)
        {
            Demand(key);
        }

        return [.. (await settings.GetHistoryAsync(query, cancellationToken).ConfigureAwait(false))
            .Select(batch => batch with { Changes = [.. batch.Changes.Where(change => _scope.HasKey(change.Key))] })
            .Where(static batch => batch.Changes.Count > 0)];
    }

    public async IAsyncEnumerable<SettingsChange> WatchAsync(
        SettingFilter filter = default,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        Demand(filter);
        await foreach (var change in settings.WatchAsync(filter, cancellationToken).ConfigureAwait(false))
        {
            if (change.Keys.Where(_scope.HasKey).ToList() is { Count: > 0 } keys)
            {
                yield return new(keys, change.Before.Confine(_scope), change.After.Confine(_scope));
            }
        }
    }

    public IChangeToken GetChangeToken(SettingFilter filter = default)
    {
        Demand(filter);
        return settings.GetChangeToken(filter);
    }

    private void Demand(SettingFilter filter)
    {
        if (filter.WatchedKey is { } key)
        {
            Demand(key);
        }

        if (filter.WatchedGroup is { } group && !_scope.HasGroup(group))
        {
            throw _scope.ForeignGroup(group);
        }
    }

    private void Demand(string key)
    {
        if (!_scope.HasKey(key))
        {
            throw _scope.ForeignKey(key);
        }
    }
}
