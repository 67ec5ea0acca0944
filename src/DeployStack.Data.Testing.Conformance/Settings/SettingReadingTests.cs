using DeployStack.Data.Settings;
using Xunit;

namespace DeployStack.Data.Testing.Conformance.Settings;

/// <summary>Reading settings: required, many, by group, by search, and always of one moment.</summary>
/// <param name="fixture">The provider under test.</param>
public abstract class SettingReadingTests(ConformanceFixture fixture) : ConformanceSuite(fixture)
{
    [Fact]
    public async Task A_required_setting_without_a_value_is_an_error_that_names_it()
    {
        var store = await InitializedAsync(CreateDatabase());
        var error = Assert.IsType<SettingException>(await ThrowsAsync(DatabaseErrorKind.MissingOrReplaced, () => store.GetRequiredAsync(Mail.Host).AsTask()));
        Assert.Equal("smtp.host", error.Key);
        await store.SetAsync(Mail.Host, "mail.example");
        Assert.Equal("mail.example", await store.GetRequiredAsync(Mail.Host));
    }

    [Fact]
    public async Task A_value_of_the_caller_stands_in_where_nothing_is_stored()
    {
        var store = await InitializedAsync(CreateDatabase());
        Assert.Equal(("fallback", 587, 7), (await store.GetAsync("smtp.host", "fallback"), await store.GetAsync("smtp.port", 7), await store.GetAsync("no.such", 7)));
        Assert.Equal((true, false, true, false), (await store.ExistsAsync("smtp.host"), await store.IsSetAsync("smtp.host"), await store.IsSetAsync("smtp.port"), await store.ExistsAsync("no.such")));
    }

    [Fact]
    public async Task Many_settings_are_of_one_moment_and_what_is_missing_is_left_out()
    {
        var store = await InitializedAsync(CreateDatabase());
        var many = await store.GetManyAsync(["smtp.port", "no.such", "smtp.password", "smtp.port"]);
        Assert.Equal(["smtp.password", "smtp.port"], many.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(("587", null), (many["smtp.port"].Value, many["smtp.password"].Value));
    }

    [Fact]
    public async Task Groups_come_in_their_order_with_short_names()
    {
        var client = new Setting<string>("github.oauth.client_id", "abc");
        var group = new SettingGroup("github-oauth", "GitHub") { SortOrder = 0, Icon = "github", Settings = [client] };
        var store = Mail.Store(CreateDatabase(), Mail.Group, group, Mail.Global);
        await store.InitializeAsync();
        var groups = await store.GetGroupsAsync();
        Assert.Equal(["github-oauth", "global", "smtp"], groups.Select(static each => each.Id));
        Assert.Equal(["client_id"], groups[0].Settings.Select(static each => each.Name));
        Assert.Equal(["host", "password", "port", "rate", "secure"], groups[2].Settings.Select(static each => each.Name));
        Assert.Equal(["smtp.host", "smtp.password", "smtp.port"], groups[2].Settings.Where(static each => each.IsRequired).Select(static each => each.Key));
    }

    [Fact]
    public async Task A_search_takes_its_text_literally()
    {
        var store = Mail.Store(CreateDatabase(), new SettingGroup("g", "G") { Settings = [new Setting<string>("from_name"), new Setting<string>("fromYname"), new Setting<string>("From.x")] });
        await store.InitializeAsync();
        Assert.Equal(["from_name"], (await store.SearchAsync("m_n")).Select(static each => each.Key));
        Assert.Equal(["From.x", "fromYname", "from_name"], (await store.SearchAsync("FROM")).Select(static each => each.Key));
        Assert.Empty(await store.SearchAsync("%"));
        Assert.Equal(3, (await store.SearchAsync("")).Count);
    }

    [Fact]
    public async Task A_snapshot_stays_as_it_is()
    {
        var store = await InitializedAsync(CreateDatabase());
        var before = await store.GetSnapshotAsync();
        await store.WriteAsync(new SettingsBatch().Set(Mail.Port, 25).Delete("smtp.rate"));
        Assert.Equal((587, true), (before.Get(Mail.Port), before.Exists("smtp.rate")));
        var after = await store.GetSnapshotAsync();
        Assert.Equal((25, false), (after.Get(Mail.Port), after.Exists("smtp.rate")));
        Assert.True(after.Version > before.Version);
        Assert.Equal(["smtp.host", "smtp.password", "smtp.port", "smtp.secure"], after.GetGroup("smtp").Select(static each => each.Key));
    }

    [Fact]
    public async Task Times_in_milliseconds_are_understood()
    {
        var database = CreateDatabase();
        await InitializedAsync(database);
        await ApplyAsync(database, "UPDATE \"globalSettings\" SET updated_at = 1764000000123 WHERE \"key\" = 'smtp.port'", "UPDATE \"globalSettings\" SET updated_at = 1764000000 WHERE \"key\" = 'smtp.host'");
        var group = await Mail.Store(database).GetGroupAsync("smtp");
        Assert.Equal(1_764_000_000_123, group.Single(static each => each.Key == "smtp.port").UpdatedAt.ToUnixTimeMilliseconds());
        Assert.Equal(1_764_000_000_000, group.Single(static each => each.Key == "smtp.host").UpdatedAt.ToUnixTimeMilliseconds());
    }

    private static async Task<ISettingsStore> InitializedAsync(IDeployStackDatabase database)
    {
        var store = Mail.Store(database);
        await store.InitializeAsync();
        return store;
    }
}
