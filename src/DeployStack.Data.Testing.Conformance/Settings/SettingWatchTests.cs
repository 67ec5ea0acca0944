using DeployStack.Data.Settings;
using Microsoft.Extensions.Primitives;
using Xunit;

namespace DeployStack.Data.Testing.Conformance.Settings;

/// <summary>Watchers of settings: told of what differs, and of nothing else.</summary>
/// <param name="fixture">The provider under test.</param>
public abstract class SettingWatchTests(ConformanceFixture fixture) : ConformanceSuite(fixture)
{
    private static readonly TimeSpan _long = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task A_watcher_is_told_what_any_store_changed()
    {
        var database = CreateDatabase();
        var store = await InitializedAsync(database);
        var other = Mail.Store(database);
        await using var watcher = Watch(store, SettingFilter.All);
        var next = watcher.MoveNextAsync();
        await other.WriteAsync(new SettingsBatch().Set(Mail.Port, 25).Set(Mail.Host, "mail.example"));
        Assert.True(await next.AsTask().WaitAsync(_long));
        Assert.Equal(["smtp.host", "smtp.port"], watcher.Current.Keys);
        Assert.Equal((587, 25), (watcher.Current.Before.Get(Mail.Port), watcher.Current.After.Get(Mail.Port)));
    }

    [Fact]
    public async Task A_watcher_of_a_group_or_key_hears_of_nothing_else()
    {
        var store = await InitializedAsync(CreateDatabase());
        await using var group = Watch(store, SettingFilter.Group("global"));
        await using var key = Watch(store, SettingFilter.Key("smtp.port"));
        var (ofGroup, ofKey) = (group.MoveNextAsync().AsTask(), key.MoveNextAsync().AsTask());
        await store.SetAsync(Mail.Host, "mail.example");
        await store.SetAsync(Mail.Port, 1);
        Assert.True(await ofKey.WaitAsync(_long));
        Assert.Equal(["smtp.port"], key.Current.Keys);
        Assert.False(ofGroup.IsCompleted);
        await store.SetAsync(Mail.PageUrl, "http://x");
        Assert.True(await ofGroup.WaitAsync(_long));
        Assert.Equal(["global.page_url"], group.Current.Keys);
    }

    [Fact]
    public async Task Nothing_is_told_where_nothing_changed()
    {
        var database = CreateDatabase();
        var store = await InitializedAsync(database);
        await using var watcher = Watch(store, SettingFilter.All);
        var next = watcher.MoveNextAsync().AsTask();
        await store.SetAsync(Mail.Port, 587);
        await Mail.Store(database).InitializeAsync();
        await ApplyAsync(database, "CREATE TABLE other (x)", "UPDATE \"globalSettings\" SET updated_at = updated_at + 1");
        await store.SetAsync(Mail.Port, 1);
        Assert.True(await next.WaitAsync(_long));
        Assert.Equal(["smtp.port"], watcher.Current.Keys);
    }

    [Fact]
    public async Task Changes_while_the_watcher_is_busy_come_together()
    {
        var store = await InitializedAsync(CreateDatabase());
        await using var watcher = Watch(store, SettingFilter.All);
        var next = watcher.MoveNextAsync().AsTask();
        await store.SetAsync(Mail.Port, 1);
        Assert.True(await next.WaitAsync(_long));
        await store.SetAsync(Mail.Port, 2);
        await store.SetAsync(Mail.Host, "mail.example");
        await store.SetAsync(Mail.Port, 1);
        Assert.True(await watcher.MoveNextAsync().AsTask().WaitAsync(_long));
        Assert.Equal(["smtp.host"], watcher.Current.Keys);
    }

    [Fact]
    public async Task A_token_fires_once_for_each_change_that_it_is_for()
    {
        var database = CreateDatabase();
        var store = await InitializedAsync(database);
        var seen = System.Threading.Channels.Channel.CreateUnbounded<int>();
        using var registration = ChangeToken.OnChange(
            () => store.GetChangeToken(SettingFilter.Group("smtp")),
            () => seen.Writer.TryWrite(store.GetAsync(Mail.Port).AsTask().GetAwaiter().GetResult()));
        Assert.Same(store.GetChangeToken(SettingFilter.Key("a")).GetType(), store.GetChangeToken(SettingFilter.Key("a")).GetType());
        await store.SetAsync(Mail.PageUrl, "http://x");
        foreach (var port in new[] { 1, 2, 3 })
        {
            await Mail.Store(database).SetAsync(Mail.Port, port);
            Assert.Equal(port, await seen.Reader.ReadAsync().AsTask().WaitAsync(_long));
        }
    }

    [Fact]
    public async Task A_watcher_ends_with_its_token_and_with_its_store()
    {
        var store = await InitializedAsync(CreateDatabase());
        using var source = new CancellationTokenSource();
        await using var first = store.WatchAsync(cancellationToken: source.Token).GetAsyncEnumerator();
        await using var second = Watch(store, SettingFilter.All);
        var (ofFirst, ofSecond) = (first.MoveNextAsync().AsTask(), second.MoveNextAsync().AsTask());
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => ofFirst.WaitAsync(_long));
        ((IDisposable)store).Dispose();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => ofSecond.WaitAsync(_long));
    }

    [Fact]
    public async Task Readers_see_whole_batches_only()
    {
        var store = await InitializedAsync(CreateDatabase());
        await store.WriteAsync(new SettingsBatch().Set(Mail.Port, 0).Set(Mail.Host, "0"));
        var torn = 0;
        using var done = new CancellationTokenSource();
        var readers = Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            var reads = 0;
            while (!done.IsCancellationRequested)
            {
                var snapshot = await store.GetSnapshotAsync();
                if (snapshot.Get(Mail.Host) != $"{snapshot.Get(Mail.Port)}")
                {
                    Interlocked.Increment(ref torn);
                }

                reads++;
                await Task.Yield();
            }

            return reads;
        })).ToList();
        for (var i = 1; i <= 50; i++)
        {
            await store.WriteAsync(new SettingsBatch().Set(Mail.Port, i).Set(Mail.Host, $"{i}"));
            Assert.Equal(i, await store.GetAsync(Mail.Port));
        }

        await done.CancelAsync();
        Assert.All(await Task.WhenAll(readers), static reads => Assert.True(reads > 0));
        Assert.Equal(0, torn);
    }

    private static IAsyncEnumerator<SettingsChange> Watch(ISettingsStore store, SettingFilter filter) => store.WatchAsync(filter).GetAsyncEnumerator();

    private static async Task<ISettingsStore> InitializedAsync(IDeployStackDatabase database)
    {
        var store = Mail.Store(database);
        await store.InitializeAsync();
        return store;
    }
}
