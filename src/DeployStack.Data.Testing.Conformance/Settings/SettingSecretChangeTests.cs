using DeployStack.Data.Settings;
using Xunit;

namespace DeployStack.Data.Testing.Conformance.Settings;

/// <summary>Secrets that change their form: plain text and ciphertext of others become ours, and keys are rotated.</summary>
/// <param name="fixture">The provider under test.</param>
public abstract class SettingSecretChangeTests(ConformanceFixture fixture) : ConformanceSuite(fixture)
{
    private const string Value = "s3cret-marker";
    private const string Stored = "SELECT value FROM \"globalSettings\" WHERE \"key\" = 'smtp.password'";

    private static readonly TimeSpan _long = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task Ciphertext_of_others_is_read_and_encrypted_anew_by_the_next_write()
    {
        var (database, store) = await InitializedAsync(1);
        await ApplyAsync(database, $"UPDATE \"globalSettings\" SET value = '{Keys.Foreign(Value)}' WHERE \"key\" = 'smtp.password'");
        store = Mail.Store(database, Keys.Of(1));
        Assert.Equal(Value, await store.GetAsync(Mail.Password));
        Assert.Equal(1, (await Secrets(store).GetStatusAsync()).Foreign);
        Assert.True(await store.SetAsync(Mail.Password, Value)); // the same value in another form
        Assert.StartsWith($"ds1:{Keys.IdOf(1)}:", await database.ExecuteScalarAsync<string>(Stored), StringComparison.Ordinal);
        Assert.Equal(Value, await store.GetAsync(Mail.Password));
    }

    [Fact]
    public async Task A_declared_secret_in_plain_text_is_masked_and_encrypted_by_the_next_write()
    {
        var (database, store) = await InitializedAsync(1);
        await ApplyAsync(database, $"UPDATE \"globalSettings\" SET value = '{Value}', is_encrypted = 0 WHERE \"key\" = 'smtp.password'");
        store = Mail.Store(database, Keys.Of(1));
        Assert.Equal(Value, await store.GetAsync(Mail.Password));
        var described = (await store.GetSnapshotAsync()).Describe("smtp.password")!;
        Assert.Equal((true, null), (described.IsSecret, described.Value));
        Assert.Equal(["smtp.password"], (await Secrets(store).GetStatusAsync()).PlainText);
        await store.InitializeAsync();
        Assert.Equal(Value, await store.GetAsync(Mail.Password));
        Assert.True(await store.SetAsync(Mail.Password, Value));
        Assert.Equal(1, await CountAsync(database, "is_encrypted = 1 AND value LIKE 'ds1:%'"));
        await AssertNotInHistoryAsync(database, store);
    }

    [Fact]
    public async Task A_secret_that_lost_its_mark_is_decrypted_all_the_same_and_gets_it_back()
    {
        foreach (var repair in new Func<ISettingsStore, Task>[] { static store => store.InitializeAsync(), static store => Secrets(store).RotateAsync(), static store => store.SetAsync(Mail.Password, Value) })
        {
            var (database, store) = await InitializedAsync(1);
            await store.SetAsync(Mail.Password, Value);
            await ApplyAsync(database, "UPDATE \"globalSettings\" SET is_encrypted = 0 WHERE \"key\" = 'smtp.password'");
            store = Mail.Store(database, Keys.Of(2, 1));
            Assert.Equal(Value, await store.GetAsync(Mail.Password));
            Assert.Equal(Value, await store.GetAsync<string>("smtp.password"));
            await repair(store);
            Assert.Equal(Value, await store.GetAsync(Mail.Password));
            Assert.Equal(1, await CountAsync(database, "is_encrypted = 1 AND value LIKE 'ds1:%'"));
        }
    }

    [Fact]
    public async Task A_secret_that_lost_its_mark_is_in_the_history_as_what_it_was()
    {
        var (database, store) = await InitializedAsync(1);
        await store.SetAsync(Mail.Password, Value);
        await ApplyAsync(database, "UPDATE \"globalSettings\" SET is_encrypted = 0 WHERE \"key\" = 'smtp.password'");
        store = Mail.Store(database, Keys.Of(1));
        var batch = await store.WriteAsync(new SettingsBatch().Set(Mail.Password, "another"));
        await store.UndoAsync(batch.BatchId!.Value);
        Assert.Equal(Value, await store.GetAsync(Mail.Password));
        await ApplyAsync(database, "UPDATE \"globalSettings\" SET is_encrypted = 0 WHERE \"key\" = 'smtp.password'");
        await ThrowsAsync(DatabaseErrorKind.SecretUnreadable, () => Mail.Store(database, Keys.Of(3)).GetAsync(Mail.Password).AsTask()); // never the ciphertext
    }

    [Fact]
    public async Task White_space_is_no_value_of_a_secret()
    {
        var (database, store) = await InitializedAsync(1);
        await store.SetAsync(Mail.Password, Value);
        Assert.True(await store.SetAsync(Mail.Password, " \t"));
        Assert.Equal((false, string.Empty), (await store.IsSetAsync("smtp.password"), await store.GetAsync(Mail.Password)));
        Assert.Equal(1, await CountAsync(database, "is_encrypted = 1 AND value = ''"));
    }

    [Fact]
    public async Task What_became_a_secret_is_masked_in_the_history_and_encrypted_there_by_a_rotation()
    {
        var database = CreateDatabase();
        var open = new Setting<string>("smtp.password");
        var before = Mail.Store(database, Keys.Of(1), new SettingGroup("smtp", "SMTP Mail Settings") { Icon = "mail", SortOrder = 1, Settings = [open] });
        await before.InitializeAsync();
        await before.SetAsync(open, Value + "1");
        var batch = (await before.WriteAsync(new SettingsBatch().Set(open, Value))).BatchId;
        Assert.Equal((Value + "1", Value), ((await before.GetHistoryAsync())[0].Changes[0].OldValue, (await before.GetHistoryAsync())[0].Changes[0].NewValue));

        var store = Mail.Store(database, Keys.Of(1));
        await store.InitializeAsync();
        Assert.All((await store.GetHistoryAsync()).SelectMany(static entry => entry.Changes), static change => Assert.Equal((null, null, true), (change.OldValue, change.NewValue, change.IsSecret)));
        await Secrets(store).RotateAsync();
        await AssertNotInHistoryAsync(database, store);
        await store.UndoAsync(batch!.Value);
        Assert.Equal((Value + "1", 1), (await store.GetAsync(Mail.Password), await CountAsync(database, "is_encrypted = 1 AND value LIKE 'ds1:%'")));
    }

    [Fact]
    public async Task A_change_of_a_secret_is_undone()
    {
        var (_, store) = await InitializedAsync(1);
        await store.SetAsync(Mail.Password, "first");
        var second = await store.WriteAsync(new SettingsBatch().Set(Mail.Password, "second").Set(Mail.Port, 25));
        await store.UndoAsync(second.BatchId!.Value);
        Assert.Equal(("first", 587), (await store.GetAsync(Mail.Password), await store.GetAsync(Mail.Port)));
        await store.SetAsync(Mail.Password, "third");
        await ThrowsAsync(DatabaseErrorKind.ExpectationFailed, () => store.UndoAsync(second.BatchId.Value));
        Assert.Equal("third", await store.GetAsync(Mail.Password));
    }

    [Fact]
    public async Task A_rotation_leaves_nothing_under_the_old_key_in_settings_and_history()
    {
        var (database, old) = await InitializedAsync(1);
        await old.SetAsync(Mail.Password, "first");
        var batch = await old.WriteAsync(new SettingsBatch().Set(Mail.Password, "second"));
        var store = Mail.Store(database, Keys.Of(2, 1));
        Assert.Equal([new(Keys.IdOf(1), 4)], (await Secrets(store).GetStatusAsync()).Keys); // the value, and in the history three
        var result = await Secrets(store).RotateAsync();
        Assert.Equal((1, 3, 0), (result.Settings, result.History, result.Unreadable.Count));
        var status = await Secrets(store).GetStatusAsync();
        Assert.Equal([new(Keys.IdOf(2), 4)], status.Keys);
        Assert.Empty(status.Unreadable);

        var later = Mail.Store(database, Keys.Of(2)); // the old key is gone
        Assert.Equal("second", await later.GetAsync(Mail.Password));
        await later.UndoAsync(batch.BatchId!.Value);
        Assert.Equal("first", await later.GetAsync(Mail.Password));
        Assert.Equal((0, 0), ((await Secrets(later).RotateAsync()).Settings, (await Secrets(later).RotateAsync()).History));
        await ThrowsAsync(DatabaseErrorKind.SecretUnreadable, () => Mail.Store(database, Keys.Of(1)).GetAsync(Mail.Password).AsTask());
    }

    [Fact]
    public async Task An_undo_writes_under_the_present_key()
    {
        var (database, old) = await InitializedAsync(1);
        await old.SetAsync(Mail.Password, "first");
        var batch = await old.WriteAsync(new SettingsBatch().Set(Mail.Password, "second"));
        var store = Mail.Store(database, Keys.Of(2, 1));
        await store.UndoAsync(batch.BatchId!.Value);
        Assert.Equal("first", await Mail.Store(database, Keys.Of(2)).GetAsync(Mail.Password));
    }

    [Fact]
    public async Task A_rotation_leaves_what_it_cannot_read_and_tells_of_it()
    {
        var (database, old) = await InitializedAsync(1);
        await old.SetAsync(Mail.Password, Value);
        var stored = await database.ExecuteScalarAsync<string>(Stored);
        var result = await Secrets(Mail.Store(database, Keys.Of(3))).RotateAsync();
        Assert.Equal((0, 0), (result.Settings, result.History));
        Assert.Equal(["smtp.password"], result.Unreadable);
        Assert.Equal(stored, await database.ExecuteScalarAsync<string>(Stored));
        Assert.Equal(Value, await Mail.Store(database, Keys.Of(1)).GetAsync(Mail.Password));
    }

    [Fact]
    public async Task A_rotation_that_was_stopped_is_finished_by_the_next()
    {
        var settings = Enumerable.Range(0, 450).Select(static i => new Setting<string>($"many.{i:000}") { IsSecret = true }).ToList();
        var group = new SettingGroup("many", "Many") { Settings = settings };
        var database = CreateDatabase();
        var old = Mail.Store(database, Keys.Of(1), group);
        await old.InitializeAsync();
        var batch = new SettingsBatch();
        settings.ForEach(setting => batch.Set(setting, setting.Key));
        await old.WriteAsync(batch);

        var store = Mail.Store(database, Keys.Of(2, 1), group);
        using var stop = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Secrets(store).RotateAsync(new Stopper(stop), stop.Token));
        Assert.InRange(await CountAsync(database, $"value LIKE 'ds1:{Keys.IdOf(1)}:%'"), 1, 449);
        Assert.Equal(settings.ConvertAll(static setting => setting.Key), await ReadAsync(store));
        Assert.Equal(450, (await Secrets(store).RotateAsync()).History);
        Assert.Equal([new(Keys.IdOf(2), 900)], (await Secrets(store).GetStatusAsync()).Keys);
        Assert.Equal(settings.ConvertAll(static setting => setting.Key), await ReadAsync(Mail.Store(database, Keys.Of(2), group)));

        async Task<List<string>> ReadAsync(ISettingsStore from)
        {
            var snapshot = await from.GetSnapshotAsync();
            return settings.ConvertAll(snapshot.Get);
        }
    }

    [Fact]
    public async Task Nobody_is_told_of_a_secret_that_was_only_encrypted_anew()
    {
        var (database, old) = await InitializedAsync(1);
        await old.SetAsync(Mail.Password, Value);
        var store = Mail.Store(database, Keys.Of(2, 1));
        await using var watcher = store.WatchAsync().GetAsyncEnumerator();
        var next = watcher.MoveNextAsync().AsTask();
        var token = store.GetChangeToken(SettingFilter.Key("smtp.password"));
        Assert.Equal(1, (await Secrets(store).RotateAsync()).Settings);
        await store.SetAsync(Mail.Port, 25);
        Assert.True(await next.WaitAsync(_long));
        Assert.Equal(["smtp.port"], watcher.Current.Keys);
        Assert.False(token.HasChanged);
        Assert.Equal(Value, watcher.Current.After.Get(Mail.Password));
    }

    private static ISettingSecrets Secrets(ISettingsStore store) => (ISettingSecrets)store;

    private static Task<long> CountAsync(IDeployStackDatabase database, string condition)
        => database.ExecuteScalarAsync<long>($"SELECT count(*) FROM \"globalSettings\" WHERE {condition}");

    private static async Task AssertNotInHistoryAsync(IDeployStackDatabase database, ISettingsStore store)
    {
        var changes = await database.QueryAsync<string>("SELECT changes FROM deploystack_setting_history");
        Assert.NotEmpty(changes);
        Assert.DoesNotContain(Value, string.Concat(changes), StringComparison.Ordinal);
        Assert.DoesNotContain(Value, string.Concat((await store.GetHistoryAsync()).SelectMany(static entry => entry.Changes)), StringComparison.Ordinal);
    }

    private async Task<(IDeployStackDatabase Database, ISettingsStore Store)> InitializedAsync(byte key)
    {
        var database = CreateDatabase();
        var store = Mail.Store(database, Keys.Of(key));
        await store.InitializeAsync();
        return (database, store);
    }

    private sealed class Stopper(CancellationTokenSource stop) : IProgress<SecretRotationResult>
    {
        public void Report(SecretRotationResult value) => stop.Cancel();
    }
}
