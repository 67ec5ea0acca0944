using System.Diagnostics;
using DeployStack.Data.Plugins;
using DeployStack.Data.Settings;
using Microsoft.Extensions.Time.Testing;

namespace DeployStack.Data.Sqlite.Tests.Settings;

/// <summary>Rows, clocks and readers that nobody would wish for.</summary>
public sealed class SettingsOddityTests : SettingsSuite
{
    [Fact]
    public async Task An_undo_of_a_deletion_brings_back_the_declared_group_as_well()
    {
        var store = Store();
        await store.InitializeAsync();
        var batch = await store.WriteAsync(new SettingsBatch().Delete("smtp.port").Delete("smtp.host"));
        await Database.ExecuteAsync("DELETE FROM globalSettingGroups WHERE id = 'smtp'");
        await store.UndoAsync(batch.BatchId!.Value);
        Assert.Equal(587, await store.GetAsync(Port));
    }

    [Fact]
    public async Task A_secret_that_is_marked_by_a_word_is_a_secret()
    {
        var store = Store();
        await store.InitializeAsync();
        await Database.ExecuteAsync("UPDATE globalSettings SET is_encrypted = 'true', value = 'ciphertext' WHERE key = 'smtp.host'");
        Assert.Null((await store.GetSnapshotAsync()).Describe("smtp.host")!.Value);
    }

    [Theory]
    [InlineData("-9223372036854775808")]
    [InlineData("9223372036854775807")]
    [InlineData("'2024-01-01T00:00:00Z'")]
    [InlineData("x'ff'")]
    [InlineData("1e300")]
    public async Task A_time_that_is_none_does_not_stand_in_the_way(string time)
    {
        var store = Store();
        await store.InitializeAsync();
        await Database.ExecuteAsync($"UPDATE globalSettings SET updated_at = {time}");
        Assert.NotNull((await store.GetSnapshotAsync()).Describe("smtp.port"));
    }

    [Fact]
    public async Task A_conflict_is_got_over_though_the_clock_stands_still()
    {
        var store = Store(time: new FakeTimeProvider());
        await store.InitializeAsync();
        using var other = Open();
        for (var i = 0; i < 12; i++)
        {
            Run(other, $"BEGIN IMMEDIATE; UPDATE globalSettings SET value = '{i}' WHERE key = 'smtp.host'");
            var written = store.SetAsync(Port, i);
            Run(other, "COMMIT");
            Assert.True(await written.WaitAsync(Soon));
        }
    }

    [Fact]
    public async Task A_plugin_cannot_slip_a_key_into_a_batch_after_it_was_checked()
    {
        var own = new Setting<string>("demo.name");
        var groups = new SettingsBuilder();
        groups.Add(new SettingGroup("smtp", "Mail") { Settings = [Host, Port] });
        groups.Add(new SettingGroup("demo", "Demo") { Settings = [own] });
        var host = SettingsStoreFactory.Create(Database, groups);
        await host.InitializeAsync();
        var plugins = new PluginsBuilder().Add("demo", plugin => plugin.AddSettings(new SettingGroup("demo", "Demo") { Settings = [own] }));
        var confined = PluginManagerFactory.Create(Database, plugins, host).GetSettings("demo");
        using var other = Open();
        Run(other, "BEGIN IMMEDIATE");
        var before = host.SetAsync(Port, 1);
        var batch = new SettingsBatch().Set(own, "x");
        var written = confined.WriteAsync(batch);
        batch.Set("smtp.host", "evil.example.com");
        Run(other, "ROLLBACK");
        await before;
        await written;
        Assert.Equal(string.Empty, await host.GetAsync<string>("smtp.host") ?? string.Empty);
    }

    [Theory]
    [InlineData("a\uD800b")]
    [InlineData("a\0b")]
    [InlineData("\uD83D\uDE00\u2028\u0085\"\\\n<>&'\u007f\uFFFE\uFEFF")]
    public async Task What_was_stored_is_what_is_read_and_undone(string text)
    {
        var store = Store();
        await store.InitializeAsync();
        if (await Record.ExceptionAsync(() => store.SetAsync(Host, text)) is DatabaseException)
        {
            return; // refused: nothing is altered
        }

        Assert.Equal(text, await store.GetAsync(Host));
        Assert.Equal(text, await Store().GetAsync(Host));
        await store.SetAsync(Host, "other");
        var last = (await store.GetHistoryAsync())[0];
        Assert.Equal(text, last.Changes[0].OldValue);
        await store.UndoAsync(last.BatchId);
        Assert.Equal(text, await Store().GetAsync(Host));
    }

    [Fact]
    public async Task The_history_of_a_key_that_others_made_is_found()
    {
        var store = Store();
        await store.InitializeAsync();
        const string Key = "it's \"odd\" \uD83D\uDE00";
        await Database.ExecuteAsync("INSERT INTO globalSettings (key, value, type, created_at, updated_at) VALUES (@key, 'x', 'string', 1, 1)", new { key = Key });
        await store.SetAsync(Key, "y");
        Assert.Single(await store.GetHistoryAsync(new() { Key = Key }));
        Assert.Empty(await store.GetHistoryAsync(new() { Key = "smtp.host\",\"old" }));
    }

    [Fact]
    public async Task A_retention_longer_than_time_keeps_all()
    {
        var store = Store(static options => options.HistoryRetention = TimeSpan.MaxValue);
        await store.InitializeAsync();
        Assert.True(await store.SetAsync(Port, 1));
    }

    [Fact]
    public async Task A_watch_ends_when_its_database_is_disposed()
    {
        var sqlite = new TemporarySqlite();
        var store = Store(database: sqlite.Database);
        await store.InitializeAsync();
        await using var watch = store.WatchAsync().GetAsyncEnumerator();
        var next = watch.MoveNextAsync().AsTask();
        await store.SetAsync(Port, 1);
        Assert.True(await next.WaitAsync(Soon));
        next = watch.MoveNextAsync().AsTask();
        await sqlite.DisposeAsync();
        var error = await Record.ExceptionAsync(() => next.WaitAsync(Soon));
        Assert.IsNotType<TimeoutException>(error);
        Assert.NotNull(error);
    }

    [Fact]
    public async Task Writes_do_not_wait_for_a_long_read_of_another_process_each_time_because_a_secret_was_wiped()
    {
        await Database.ExecuteAsync("CREATE TABLE t (v INTEGER)");
        using var other = Open();
        Run(other, "BEGIN; SELECT count(*) FROM t");
        await Database.ExecuteBatchAsync([new("INSERT INTO t VALUES (0)")], new() { SecureDelete = true });
        var started = Stopwatch.GetTimestamp();
        for (var i = 0; i < 30; i++)
        {
            await Database.ExecuteAsync("INSERT INTO t VALUES (1)");
        }

        Assert.True(Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(2), $"30 inserts took {Stopwatch.GetElapsedTime(started)}");
    }

    [Fact]
    public async Task Stores_of_sixteen_start_on_a_database_of_the_first_cut()
    {
        await Store().InitializeAsync();
        foreach (var table in (string[])["version", "history", "keys"])
        {
            await Database.ExecuteAsync($"DROP TABLE deploystack_{(table is "version" ? "settings" : "setting")}_{table}");
        }

        await DropTriggersAsync();
        await Database.ExecuteAsync("DELETE FROM deploystack_migrations WHERE identity LIKE 'settings/0002%'");
        var results = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() => Store().InitializeAsync())));
        Assert.Equal(0, results.Sum(static result => result.Created.Count));
        Assert.True(await Store().SetAsync(Port, 1));
    }
}
