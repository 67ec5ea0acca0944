using System.Diagnostics;
using DeployStack.Data.Reliability.Host.Settings;
using DeployStack.Data.Reliability.Support;
using DeployStack.Data.Settings;

namespace DeployStack.Data.Reliability.Settings;

/// <summary>What one process acknowledged, another reads at once and is told of shortly after.</summary>
public sealed class SettingsCurrencyTests : IAsyncDisposable
{
    private readonly ScenarioFolder _folder = new();
    private readonly TestDatabase _database;
    private readonly ISettingsStore _store;

    public SettingsCurrencyTests()
    {
        _database = new(_folder.Database());
        _store = Declared.Store(_database.Database);
    }

    public async ValueTask DisposeAsync()
    {
        await _database.DisposeAsync();
        _folder.Passed();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_read_of_another_process_is_current_at_once()
    {
        using var figures = Summary.Of("settings read in another process after a write");
        var writes = Scale.Of(100, atMost: 2_000);
        Assert.Equal(0, await StaleAsync(Listener.Answer, writes));
        figures["writes, each read at once"] = writes;
    }

    [Fact]
    public async Task The_check_notices_a_process_that_keeps_its_first_snapshot()
        => Assert.Equal(5, await StaleAsync(Listener.Stale, 5));

    [Fact]
    public async Task A_watcher_of_another_process_hears_of_a_change_in_time()
    {
        using var figures = Summary.Of("settings watched in another process");
        var bound = TimeSpan.FromMilliseconds(250 * Scale.Slack);
        await _store.InitializeAsync();
        using var listener = await ListenAsync(Listener.Watch);
        var n = 0L;
        var best = TimeSpan.MaxValue;
        var slowest = TimeSpan.Zero;
        for (var i = 0; i < 5; i++)
        {
            await _store.SetAsync(Declared.Counters[0], ++n);
            var started = Stopwatch.GetTimestamp();
            await listener.ExpectAsync(FormattableString.Invariant($"saw {n}"));
            var time = Stopwatch.GetElapsedTime(started);
            best = time < best ? time : best;
            slowest = time > slowest ? time : slowest;
        }

        figures["best of 5 in ms"] = best.TotalMilliseconds;
        figures["slowest of 5 in ms"] = slowest.TotalMilliseconds;
        Assert.True(best < bound, $"the fastest of 5 changes was told after {best.TotalMilliseconds:0} ms");
    }

    private async Task<int> StaleAsync(string role, int writes)
    {
        await _store.InitializeAsync();
        using var listener = await ListenAsync(role);
        var stale = 0;
        for (var n = 1; n <= writes; n++)
        {
            await _store.SetAsync(Declared.Counters[0], n);
            await listener.GoOnAsync();
            stale += await listener.ReadLineAsync() == FormattableString.Invariant($"value {n}") ? 0 : 1;
        }

        return stale;
    }

    private async Task<HostProcess> ListenAsync(string role)
    {
        var listener = HostProcess.Start("settings-listen", _folder.Database(), role);
        await listener.ExpectAsync("ready");
        return listener;
    }
}
