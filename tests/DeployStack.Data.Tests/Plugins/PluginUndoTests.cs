using DeployStack.Data.Plugins;
using DeployStack.Data.Plugins.Confined;
using DeployStack.Data.Settings;
using Microsoft.Extensions.Primitives;

namespace DeployStack.Data.Tests.Plugins;

public sealed class PluginUndoTests
{
    [Fact]
    public async Task A_batch_that_is_not_there_yet_is_not_undone_unseen()
    {
        var error = await Assert.ThrowsAsync<SettingException>(() => new PluginSettings(new HostIsFaster(), new PluginBuilder("acme")).UndoAsync(7));
        Assert.Equal(DatabaseErrorKind.InvalidParameter, error.Kind);
    }

    /// <summary>The host writes batch 7 just after the plugin has looked for it.</summary>
    private sealed class HostIsFaster : ISettingsStore
    {
        public Task<IReadOnlyList<SettingsHistoryEntry>> GetHistoryAsync(SettingHistoryQuery? query = null, CancellationToken cancellationToken = default)
            => Task.FromResult<IReadOnlyList<SettingsHistoryEntry>>([]);

        public Task<SettingsWriteResult> UndoAsync(long batchId, string? actor = null, CancellationToken cancellationToken = default)
            => Task.FromResult(new SettingsWriteResult(8, ["smtp.host"], 0));

        public Task<SettingsResult> InitializeAsync(CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public ValueTask<SettingsSnapshot> GetSnapshotAsync(CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public Task<SettingsWriteResult> WriteAsync(SettingsBatch batch, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public IAsyncEnumerable<SettingsChange> WatchAsync(SettingFilter filter = default, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public IChangeToken GetChangeToken(SettingFilter filter = default) => throw new NotSupportedException();
    }
}
