using DeployStack.Data.Settings;
using Microsoft.Data.Sqlite;

namespace DeployStack.Data.Sqlite.Tests.Settings;

/// <summary>Settings where others change the tables around the store, and where stores are closed.</summary>
public sealed class SettingsVersionTests : SettingsSuite
{
    [Fact]
    public async Task A_write_that_was_committed_is_told_as_such_though_the_store_is_disposed_meanwhile()
    {
        var store = Store();
        await store.InitializeAsync();
        using var other = Open();
        Run(other, "BEGIN IMMEDIATE");
        var first = store.SetAsync(Port, 1);
        var second = store.SetAsync(Host, "x");
        ((IDisposable)store).Dispose();
        Run(other, "ROLLBACK");
        Assert.True(await first.WaitAsync(Soon));
        Assert.Equal(1, await Store().GetAsync(Port));
        _ = await Record.ExceptionAsync(() => second).WaitAsync(Soon);
    }

    [Fact]
    public async Task Stores_see_each_other_where_the_triggers_are_missing()
    {
        var (one, two) = (Store(), Store());
        await one.InitializeAsync();
        await two.InitializeAsync();
        await DropTriggersAsync();
        await one.SetAsync(Port, 1);
        await two.SetAsync(Port, 2);
        Assert.Equal(2, await one.GetAsync(Port));
        Assert.Equal(2, await two.GetAsync(Port));
    }

    [Fact]
    public async Task What_changed_while_triggers_were_missing_is_seen_once_they_are_back()
    {
        var one = Store();
        await one.InitializeAsync();
        Assert.Equal(587, await one.GetAsync(Port));
        await DropTriggersAsync();
        await Database.ExecuteAsync("UPDATE globalSettings SET value = '25' WHERE key = 'smtp.port'");
        await Store().InitializeAsync();
        Assert.Equal(25, await one.GetAsync(Port));
    }

    [Fact]
    public async Task Triggers_that_went_with_a_renamed_table_are_made_again()
    {
        await Store().InitializeAsync();
        using (var other = Open())
        {
            Run(other, "PRAGMA legacy_alter_table=ON; ALTER TABLE globalSettings RENAME TO old_settings; CREATE TABLE globalSettings (key TEXT PRIMARY KEY NOT NULL, value TEXT NOT NULL, type TEXT NOT NULL, description TEXT, is_encrypted INTEGER NOT NULL DEFAULT 0, group_id TEXT, created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL); INSERT INTO globalSettings SELECT * FROM old_settings;");
        }

        var store = Store();
        await store.InitializeAsync();
        Assert.Equal(587, await store.GetAsync(Port));
        await Database.ExecuteAsync("UPDATE globalSettings SET value = '25' WHERE key = 'smtp.port'");
        Assert.Equal(25, await store.GetAsync(Port));
    }

    [Fact]
    public async Task The_advice_for_a_lost_version_row_lets_writes_go_on()
    {
        var store = Store(static options => options.WriteTimeout = TimeSpan.FromSeconds(1));
        await store.InitializeAsync();
        for (var i = 1; i < 5; i++)
        {
            await store.SetAsync(Port, i);
        }

        using (var shell = Open())
        {
            Run(shell, "DELETE FROM deploystack_settings_version");
        }

        var error = await Assert.ThrowsAsync<SettingException>(() => store.GetAsync(Port).AsTask());
        var advice = error.Message[(error.Message.IndexOf("INSERT", StringComparison.Ordinal))..].TrimEnd('.');
        await Database.ExecuteAsync(advice);
        for (var i = 11; i < 20; i++)
        {
            await store.SetAsync(Port, i);
        }

        Assert.Equal(19, await Store().GetAsync(Port));
    }

    [Fact]
    public async Task A_restored_database_whose_version_is_the_same_again_is_seen()
    {
        var one = Store();
        await one.InitializeAsync();
        using var other = Open();
        using var copy = new SqliteConnection("Data Source=:memory:");
        copy.Open();
        other.BackupDatabase(copy);
        await one.SetAsync(Port, 1);
        Assert.Equal(1, await one.GetAsync(Port));
        copy.BackupDatabase(other); // as the shell's .restore does
        await Store().SetAsync(Port, 2);
        Assert.Equal(2, await one.GetAsync(Port));
    }
}
