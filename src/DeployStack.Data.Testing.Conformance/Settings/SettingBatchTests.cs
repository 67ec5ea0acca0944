using DeployStack.Data.Settings;
using Xunit;

namespace DeployStack.Data.Testing.Conformance.Settings;

/// <summary>Batches of settings: all or nothing, only what differs, and never over somebody else's change.</summary>
/// <param name="fixture">The provider under test.</param>
public abstract class SettingBatchTests(ConformanceFixture fixture) : ConformanceSuite(fixture)
{
    [Fact]
    public async Task A_batch_sets_unsets_and_deletes_together()
    {
        var database = CreateDatabase();
        var store = await InitializedAsync(database);
        var result = await store.WriteAsync(new SettingsBatch { Actor = "anna" }.Set(Mail.Host, "mail.example").Set("smtp.port", 465L).SetText("smtp.secure", "FALSE").Unset("global.page_url").Delete("smtp.rate"));
        Assert.Equal(["global.page_url", "smtp.host", "smtp.port", "smtp.rate", "smtp.secure"], result.Changed.Order(StringComparer.Ordinal));
        var other = Mail.Store(database);
        Assert.Equal(("mail.example", 465, false), (await other.GetAsync(Mail.Host), await other.GetAsync(Mail.Port), await other.GetAsync(Mail.Secure)));
        Assert.Equal((false, true, false), (await other.IsSetAsync("global.page_url"), await other.ExistsAsync("global.page_url"), await other.ExistsAsync("smtp.rate")));
        Assert.Single((await other.InitializeAsync()).Created);
        Assert.Equal(1.50m, await other.GetAsync(Mail.Rate));
    }

    [Fact]
    public async Task An_error_in_the_last_of_a_thousand_settings_writes_nothing_and_every_error_is_told()
    {
        var settings = Enumerable.Range(0, 1_000).Select(static i => new Setting<long>($"many.{i:0000}", i)).ToList();
        var database = CreateDatabase();
        var store = Mail.Store(database, new SettingGroup("many", "Many") { Settings = settings });
        await store.InitializeAsync();
        var batch = new SettingsBatch(capacity: 1_000);
        foreach (var setting in settings.Take(997))
        {
            batch.Set(setting, -1);
        }

        batch.SetText("many.0997", "three").Set("many.0998", value: true).Set("no.such", 1);
        var error = Assert.IsType<SettingException>(await ThrowsAsync(DatabaseErrorKind.InvalidParameter, () => store.WriteAsync(batch)));
        Assert.Equal(["many.0997", "many.0998", "no.such"], error.Errors.Select(static each => each.Key));
        Assert.Equal(0, await database.ExecuteScalarAsync<long>("SELECT count(*) FROM \"globalSettings\" WHERE value = '-1'"));
        Assert.Equal(998, await store.GetAsync(settings[998]));
    }

    [Fact]
    public async Task An_engine_that_refuses_the_last_row_leaves_nothing()
    {
        var database = await CreateDatabaseAsync(
            "CREATE TABLE \"globalSettings\" (\"key\" TEXT PRIMARY KEY, value TEXT NOT NULL CHECK (value <> '13'), type TEXT NOT NULL, description TEXT, is_encrypted INTEGER NOT NULL, group_id TEXT, created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL)");
        var store = await InitializedAsync(database);
        await ThrowsAsync(DatabaseErrorKind.CheckViolation, () => store.WriteAsync(new SettingsBatch().Set(Mail.Host, "mail.example").Set(Mail.Port, 13)));
        Assert.Equal(("", 587), (await store.GetAsync(Mail.Host), await store.GetAsync(Mail.Port)));
        Assert.Empty(await store.GetHistoryAsync());
        Assert.True(await store.SetAsync(Mail.Port, 14));
    }

    [Fact]
    public async Task What_is_there_already_is_not_written()
    {
        var database = CreateDatabase();
        var store = await InitializedAsync(database);
        await ApplyAsync(database, "UPDATE \"globalSettings\" SET updated_at = 1");
        var fresh = Mail.Store(database);
        var result = await fresh.WriteAsync(new SettingsBatch().Set(Mail.Port, 587).Set(Mail.Secure, value: false).Delete("no.such"));
        Assert.Equal(["smtp.secure"], result.Changed);
        Assert.Equal(2, result.Unchanged);
        Assert.Equal(1, await database.ExecuteScalarAsync<long>("SELECT count(*) FROM \"globalSettings\" WHERE updated_at <> 1"));
        Assert.Equal((null, 1), ((await fresh.WriteAsync(new SettingsBatch().Set(Mail.Port, 587))).BatchId, (await fresh.WriteAsync(new SettingsBatch().Set(Mail.Port, 587))).Unchanged));
        Assert.Single(await fresh.GetHistoryAsync());
        Assert.Equal(587, await store.GetAsync(Mail.Port));
    }

    [Fact]
    public async Task A_change_of_another_version_is_refused_and_told_with_the_others()
    {
        var database = CreateDatabase();
        var store = await InitializedAsync(database);
        var version = (await store.GetSnapshotAsync()).Describe("smtp.port")!.Version;
        await Mail.Store(database).SetAsync(Mail.Port, 25);
        var error = Assert.IsType<SettingException>(await ThrowsAsync(
            DatabaseErrorKind.ExpectationFailed,
            () => store.WriteAsync(new SettingsBatch().Set(Mail.Host, "mail.example").Set(Mail.Port, 465, version).Set(Mail.Rate, 2m, SettingsBatch.AbsentVersion))));
        Assert.Equal(["smtp.port", "smtp.rate"], error.Errors.Select(static each => each.Key));
        Assert.Equal((25, ""), (await Mail.Store(database).GetAsync(Mail.Port), await Mail.Store(database).GetAsync(Mail.Host)));
    }

    [Fact]
    public async Task A_change_of_the_expected_version_is_written()
    {
        var store = await InitializedAsync(CreateDatabase());
        var first = (await store.GetSnapshotAsync()).Describe("smtp.port")!.Version;
        await store.WriteAsync(new SettingsBatch().Set(Mail.Port, 465, first));
        var second = (await store.GetSnapshotAsync()).Describe("smtp.port")!.Version;
        Assert.NotEqual(first, second);
        await store.WriteAsync(new SettingsBatch().Delete("smtp.port", second));
        await store.WriteAsync(new SettingsBatch().Set(Mail.Port, 26, SettingsBatch.AbsentVersion));
        Assert.Equal(26, await store.GetAsync(Mail.Port));
    }

    [Fact]
    public async Task No_increment_is_lost_between_stores_that_expect_versions()
    {
        var database = CreateDatabase();
        await InitializedAsync(database);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => IncrementAsync(Mail.Store(database), 25))));
        Assert.Equal(687, await Mail.Store(database).GetAsync(Mail.Port));
    }

    [Fact]
    public async Task One_key_twice_in_a_batch_is_refused()
    {
        var store = await InitializedAsync(CreateDatabase());
        var error = Assert.IsType<SettingException>(await ThrowsAsync(DatabaseErrorKind.InvalidParameter, () => store.WriteAsync(new SettingsBatch().Set(Mail.Port, 1).Unset("smtp.port"))));
        Assert.Equal("smtp.port", error.Key);
        Assert.Equal(587, await store.GetAsync(Mail.Port));
    }

    [Fact]
    public async Task A_row_that_nobody_declared_can_be_changed_by_its_key()
    {
        var database = CreateDatabase();
        await InitializedAsync(database);
        await ApplyAsync(database, "INSERT INTO \"globalSettings\" VALUES ('other.limit', '3', 'number', 'Limit', 0, NULL, 1, 1)");
        var store = Mail.Store(database);
        await store.SetAsync("other.limit", 4);
        Assert.Equal(4, await store.GetAsync<int>("other.limit"));
        await ThrowsAsync(DatabaseErrorKind.InvalidParameter, () => store.SetAsync("other.limit", "five"));
        Assert.Equal("Limit", (await store.GetSnapshotAsync()).Describe("other.limit")!.Description);
    }

    [Fact]
    public async Task A_declared_setting_can_be_written_before_its_group_exists()
    {
        var database = CreateDatabase();
        await Mail.Store(database, Mail.Global).InitializeAsync();
        var store = Mail.Store(database);
        await store.WriteAsync(new SettingsBatch().Set(Mail.Host, "mail.example").Set(Mail.Port, 1));
        Assert.Equal(["global", "smtp"], (await store.GetGroupsAsync()).Select(static group => group.Id));
        Assert.Equal(["smtp.host", "smtp.port"], (await store.InitializeAsync()).Skipped.Where(static key => key.StartsWith("smtp", StringComparison.Ordinal)));
    }

    private static async Task IncrementAsync(ISettingsStore store, int times)
    {
        while (times > 0)
        {
            var snapshot = await store.GetSnapshotAsync();
            try
            {
                await store.WriteAsync(new SettingsBatch().Set(Mail.Port, snapshot.Get(Mail.Port) + 1, snapshot.Describe("smtp.port")!.Version));
                times--;
            }
            catch (SettingException conflict) when (conflict.Kind == DatabaseErrorKind.ExpectationFailed) // read again
            {
                await Task.Yield();
            }
        }
    }

    private static async Task<ISettingsStore> InitializedAsync(IDeployStackDatabase database)
    {
        var store = Mail.Store(database);
        await store.InitializeAsync();
        return store;
    }
}
