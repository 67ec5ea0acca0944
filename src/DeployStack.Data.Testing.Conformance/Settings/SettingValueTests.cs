using DeployStack.Data.Settings;
using Xunit;

namespace DeployStack.Data.Testing.Conformance.Settings;

/// <summary>Single settings: typed and current.</summary>
/// <param name="fixture">The provider under test.</param>
public abstract class SettingValueTests(ConformanceFixture fixture) : ConformanceSuite(fixture)
{
    private const string Hidden = "s3cret-marker";

    [Fact]
    public async Task A_value_is_read_as_its_type()
    {
        var store = await InitializedAsync();
        Assert.Equal((587, true, 1.50m, ""), (await store.GetAsync(Mail.Port), await store.GetAsync(Mail.Secure), await store.GetAsync(Mail.Rate), await store.GetAsync(Mail.Host)));
        Assert.Equal((587L, "587", 587), (await store.GetAsync<long>("smtp.port"), await store.GetAsync<string>("smtp.port"), await store.GetAsync<int?>("smtp.port")));
    }

    [Fact]
    public async Task A_write_is_seen_by_the_next_read_of_any_store()
    {
        var database = CreateDatabase();
        var store = await InitializedAsync(database);
        await store.SetAsync(Mail.Port, 25);
        await store.SetAsync("smtp.secure", false);
        await store.SetAsync(Mail.Rate, 0.125m);
        await store.SetAsync(Mail.Host, "Grüße; 'mail'");
        var other = Mail.Store(database);
        Assert.Equal((25, false, 0.125m, "Grüße; 'mail'"), (await other.GetAsync(Mail.Port), await other.GetAsync(Mail.Secure), await other.GetAsync(Mail.Rate), await other.GetAsync(Mail.Host)));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \t")]
    public async Task An_empty_value_counts_as_not_set(string empty)
    {
        var store = await InitializedAsync();
        Assert.True(await store.IsSetAsync("global.page_url"));
        await store.SetAsync(Mail.PageUrl, empty);
        Assert.False(await store.IsSetAsync("global.page_url"));
        Assert.Equal("http://localhost:5173", await store.GetAsync(Mail.PageUrl));
    }

    [Fact]
    public async Task A_key_that_nobody_knows_has_no_value()
    {
        var store = await InitializedAsync();
        Assert.Equal((null, null, 0, false), (await store.GetAsync<string>("no.such"), await store.GetAsync<int?>("no.such"), await store.GetAsync<int>("no.such"), await store.IsSetAsync("no.such")));
        var error = Assert.IsType<SettingException>(await ThrowsAsync(DatabaseErrorKind.InvalidParameter, () => store.SetAsync("no.such", 1)));
        Assert.Equal("no.such", error.Key);
    }

    [Fact]
    public async Task A_value_of_another_type_is_refused_and_not_shown()
    {
        var store = await InitializedAsync();
        foreach (var write in new Func<Task>[]
        {
            () => store.SetAsync("smtp.port", Hidden), () => store.SetAsync("smtp.port", true), () => store.SetAsync("smtp.port", 1.5m), () => store.SetAsync("smtp.secure", 1), () => store.SetAsync("smtp.host", 1),
        })
        {
            var error = await ThrowsAsync(DatabaseErrorKind.InvalidParameter, write);
            Assert.DoesNotContain(Hidden, error.ToString(), StringComparison.Ordinal);
        }

        await store.SetAsync(Mail.Host, Hidden);
        var unreadable = await ThrowsAsync(DatabaseErrorKind.ResultShape, () => store.GetAsync<int>("smtp.host").AsTask());
        Assert.Contains("smtp.host", unreadable.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Hidden, unreadable.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_value_is_not_written_again()
    {
        var database = CreateDatabase();
        var store = await InitializedAsync(database);
        await ApplyAsync(database, "UPDATE \"globalSettings\" SET updated_at = 1");
        await store.SetAsync(Mail.Port, 587);
        Assert.Equal(1, await database.ExecuteScalarAsync<long>("SELECT updated_at FROM \"globalSettings\" WHERE \"key\" = 'smtp.port'"));
    }

    [Fact]
    public async Task Before_initialisation_the_error_says_what_to_call()
    {
        var store = Mail.Store(CreateDatabase());
        foreach (var use in new Func<Task>[] { () => store.GetAsync(Mail.Port).AsTask(), () => store.SetAsync(Mail.Port, 1), () => store.GetGroupAsync("smtp").AsTask(), () => store.IsSetAsync("smtp.port").AsTask() })
        {
            var error = Assert.IsType<SettingException>(await ThrowsAsync(DatabaseErrorKind.SchemaMissing, use));
            Assert.Contains(nameof(ISettingsStore.InitializeAsync), error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_group_is_listed_by_key_with_its_secrets_masked()
    {
        var database = CreateDatabase();
        ISettingsStore store = await InitializedAsync(database);
        await ApplyAsync(
            database,
            $"UPDATE \"globalSettings\" SET value = '{Hidden}' WHERE \"key\" = 'smtp.password'",
            "INSERT INTO \"globalSettings\" VALUES ('smtp.zzz', 'undeclared', 'string', NULL, 0, 'smtp', 1, 1)");
        store = Mail.Store(database);
        var listed = await store.GetGroupAsync("smtp");
        Assert.Equal(
            [("smtp.host", ""), ("smtp.password", null), ("smtp.port", "587"), ("smtp.rate", "1.50"), ("smtp.secure", "true"), ("smtp.zzz", "undeclared")],
            listed.Select(static each => (each.Key, each.Value)));
        Assert.Equal([false, true, true, true, true, true], listed.Select(static each => each.IsSet));
        Assert.True(listed[1].IsSecret);
        Assert.DoesNotContain(listed, static each => each.ToString().Contains(Hidden, StringComparison.Ordinal));
        Assert.Empty(await store.GetGroupAsync("no-such"));
    }

    private Task<ISettingsStore> InitializedAsync() => InitializedAsync(CreateDatabase());

    private static async Task<ISettingsStore> InitializedAsync(IDeployStackDatabase database)
    {
        var store = Mail.Store(database);
        await store.InitializeAsync();
        return store;
    }
}
