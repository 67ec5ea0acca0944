using DeployStack.Data.Settings.Current;
using DeployStack.Data.Settings.History;
using DeployStack.Data.Settings.Secrets;
using DeployStack.Data.Settings.Storage;
using DeployStack.Data.Settings.Watching;
using DeployStack.Data.Settings.Writing;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Primitives;

namespace DeployStack.Data.Settings;

/// <summary>Arranges the parts: what is current, writes, the history, watchers.</summary>
internal sealed class SettingsStore : ISettingsStore, ISettingSecrets, IDisposable
{
    private readonly SettingsTables _tables;
    private readonly SettingsBuilder _declared;
    private readonly StoredSecrets _secrets;
    private readonly ILogger _logger;
    private readonly CurrentSettings _current;
    private readonly SettingsWriter _writer;
    private readonly HistoryReader _history;
    private readonly SettingsWatch _watch;
    private readonly SecretRotation _rotation;

    public SettingsStore(SettingsTables tables, SettingsBuilder declared, StoredSecrets secrets, TimeProvider time, ILogger logger)
    {
        declared.Options.Check();
        _tables = tables;
        _declared = declared;
        _secrets = secrets;
        _logger = logger;
        _current = new(tables, data => new SettingsSnapshot(data, declared, secrets), time, declared.Options.CheckInterval);
        _writer = new(tables, _current, secrets, declared, time);
        _history = new(tables);
        _watch = new(_current, declared.Options.WatchInterval, time, logger);
        _rotation = new(tables, _current, _writer, declared, secrets);
    }

    public async Task<SettingsResult> InitializeAsync(CancellationToken cancellationToken = default)
    {
        await _tables.EnsureAsync(cancellationToken).ConfigureAwait(false);
        Warn(UnknownKeys(await _current.GetDataAsync(cancellationToken).ConfigureAwait(false)), SettingsLog.KeysMissing);
        var plan = await _writer.WriteAsync(
            (data, now) => new InitialPlan(_declared, data, _secrets, now, _writer.PruneBefore(isForced: true)),
            static plan => plan.Write,
            cancellationToken).ConfigureAwait(false);
        var result = plan.ToResult();
        SettingsLog.Initialized(_logger, "settings_initialize", result.Created.Count, result.Skipped.Count, result.Refreshed.Count);
        Warn(result.MissingRequired, SettingsLog.RequiredMissing);
        Warn(plan.PlainSecrets, SettingsLog.PlainSecrets);
        return result;
    }

    public ValueTask<SettingsSnapshot> GetSnapshotAsync(CancellationToken cancellationToken = default) => _current.GetAsync(cancellationToken);

    public async Task<SettingsWriteResult> WriteAsync(SettingsBatch batch, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(batch);
        var plan = await _writer.WriteAsync(
            (data, now) => new BatchPlan(batch, data, _declared, _secrets, now, _writer.PruneBefore()),
            static plan => plan.Write,
            cancellationToken).ConfigureAwait(false);
        return Tell(plan.Write, "settings_write", plan.Unchanged);
    }

    public async Task<SettingsWriteResult> UndoAsync(long batchId, string? actor = null, CancellationToken cancellationToken = default)
    {
        var changes = await _history.GetAsync(batchId, cancellationToken).ConfigureAwait(false);
        var plan = await _writer.WriteAsync(
            (data, now) => new UndoPlan(batchId, changes, actor, data, _declared, _secrets, now),
            static plan => plan.Write,
            cancellationToken).ConfigureAwait(false);
        return Tell(plan.Write, "settings_undo", unchanged: 0);
    }

    public async Task<IReadOnlyList<SettingsHistoryEntry>> GetHistoryAsync(SettingHistoryQuery? query = null, CancellationToken cancellationToken = default)
    {
        var data = await _current.GetDataAsync(cancellationToken).ConfigureAwait(false);
        return await _history.FindAsync(query ?? new(), key => _declared.IsSecret(key, data.Find(key)), cancellationToken).ConfigureAwait(false);
    }

    public IAsyncEnumerable<SettingsChange> WatchAsync(SettingFilter filter = default, CancellationToken cancellationToken = default)
        => _watch.WatchAsync(filter, cancellationToken);

    public IChangeToken GetChangeToken(SettingFilter filter = default) => _watch.GetToken(filter);

    public Task<SettingSecretsStatus> GetStatusAsync(CancellationToken cancellationToken = default) => _rotation.GetStatusAsync(cancellationToken);

    public async Task<SecretRotationResult> RotateAsync(IProgress<SecretRotationResult>? progress = null, CancellationToken cancellationToken = default)
    {
        var result = await _rotation.RotateAsync(progress, cancellationToken).ConfigureAwait(false);
        SettingsLog.Rotated(_logger, "settings_rotate", result.Settings, result.History, result.Unreadable.Count);
        return result;
    }

    public void Dispose()
    {
        _watch.Dispose();
        _writer.Dispose();
        _current.Dispose();
    }

    // the ids of keys, not the keys
    private List<string> UnknownKeys(SettingsData data) => [.. data.Entries
        .Where(static entry => entry.IsCiphertext)
        .Select(entry => _secrets.Protector.KeyIdOf(entry.Text))
        .OfType<string>()
        .Distinct(StringComparer.Ordinal)
        .Where(id => !_secrets.Protector.HasKey(id))
        .Order(StringComparer.Ordinal)];

    private SettingsWriteResult Tell(PlannedWrite write, string operation, int unchanged)
    {
        if (write.IsEmpty)
        {
            return new(null, [], unchanged);
        }

        var changed = new ChangedKeys(write);
        if (_logger.IsEnabled(LogLevel.Information))
        {
            var shown = ChangedKeys.Shown(changed);
            SettingsLog.Written(_logger, operation, changed.Count, shown, write.BatchId);
        }

        return new(write.BatchId, changed, unchanged);
    }

    private void Warn(IReadOnlyCollection<string> names, Action<ILogger, string, string> log)
    {
        if (names.Count > 0)
        {
            log(_logger, "settings_initialize", string.Join(", ", names));
        }
    }
}
