using DeployStack.Data.Settings;
using Xunit;

namespace DeployStack.Data.Testing.Conformance.Settings;

/// <summary>Secrets among the settings: stored encrypted, masked wherever settings are listed, read by name alone.</summary>
/// <param name="fixture">The provider under test.</param>
public abstract class SettingSecretTests(ConformanceFixture fixture) : ConformanceSuite(fixture)
{
    private const string Value = "s3cret-marker";
    private const string Stored = "SELECT value FROM \"globalSettings\" WHERE \"key\" = 'smtp.password'";
    private const string StoredFlag = "SELECT is_encrypted FROM \"globalSettings\" WHERE \"key\" = 'smtp.password'";

    private static readonly Setting<string> _token = new("smtp.token") { IsSecret = true };

    [Fact]
    public async Task A_secret_is_stored_encrypted_and_read_by_its_name()
    {
        var database = CreateDatabase();
        var store = await InitializedAsync(database);
        Assert.True(await store.SetAsync(Mail.Password, Value));
        var stored = await database.ExecuteScalarAsync<string>(Stored);
        Assert.StartsWith($"ds1:{Keys.IdOf(1)}:", stored, StringComparison.Ordinal);
        Assert.Equal((Value, Value), (await store.GetAsync(Mail.Password), await Mail.Store(database, Keys.Of(1)).GetAsync<string>("smtp.password")));
        Assert.False(await store.SetAsync(Mail.Password, Value)); // the same is not written again
        Assert.Equal(stored, await database.ExecuteScalarAsync<string>(Stored));
        Assert.Equal(Keys.IdOf(1), Assert.Single(await database.QueryAsync<string>("SELECT id FROM deploystack_setting_keys")));
    }

    [Fact]
    public async Task Without_a_key_a_secret_is_refused_with_the_whole_batch_and_everything_else_works()
    {
        var database = CreateDatabase();
        var store = Mail.Store(database, Keys.None);
        await store.InitializeAsync();
        Assert.Equal(("", false, true), (await store.GetAsync(Mail.Password), await store.IsSetAsync("smtp.password"), await store.ExistsAsync("smtp.password")));
        var error = Assert.IsType<SettingException>(await ThrowsAsync(DatabaseErrorKind.SecretUnreadable, () => store.WriteAsync(new SettingsBatch().Set(Mail.Host, "mail.example").Set(Mail.Password, Value))));
        Assert.Equal("smtp.password", Assert.Single(error.Errors).Key);
        Assert.Contains(SettingSecretsOptions.SecretVariable, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Value, error.ToString(), StringComparison.Ordinal);
        Assert.Equal(("", ""), (await store.GetAsync(Mail.Host), await database.ExecuteScalarAsync<string>(Stored)));
        await store.UnsetAsync("smtp.password");
        Assert.True(await store.SetAsync(Mail.Port, 1));
        await ThrowsAsync(DatabaseErrorKind.SecretUnreadable, () => ((ISettingSecrets)store).RotateAsync());
        Assert.Null((await ((ISettingSecrets)store).GetStatusAsync()).CurrentKeyId);
    }

    [Theory]
    [InlineData("a wrong key", null)]
    [InlineData("no key", null)]
    [InlineData("cut short", "UPDATE \"globalSettings\" SET value = substr(value, 1, length(value) - 7) WHERE \"key\" = 'smtp.password'")]
    [InlineData("cut to its head", "UPDATE \"globalSettings\" SET value = substr(value, 1, 9) WHERE \"key\" = 'smtp.password'")]
    [InlineData("another row's", "UPDATE \"globalSettings\" SET value = (SELECT value FROM \"globalSettings\" WHERE \"key\" = 'smtp.token') WHERE \"key\" = 'smtp.password'")]
    [InlineData("an unknown key id", "UPDATE \"globalSettings\" SET value = 'ds1:00000000:' || substr(value, 14) WHERE \"key\" = 'smtp.password'")]
    [InlineData("altered", "UPDATE \"globalSettings\" SET value = substr(value, 1, 30) || CASE substr(value, 31, 1) WHEN 'A' THEN 'B' ELSE 'A' END || substr(value, 32) WHERE \"key\" = 'smtp.password'")]
    [InlineData("plain text", "UPDATE \"globalSettings\" SET value = 's3cret-marker' WHERE \"key\" = 'smtp.password'")]
    [InlineData("an unknown format", "UPDATE \"globalSettings\" SET value = 'v9:s3cret-marker' WHERE \"key\" = 'smtp.password'")]
    public async Task What_cannot_be_decrypted_is_an_error_that_names_the_setting_and_never_a_value(string what, string? damage)
    {
        var database = CreateDatabase();
        var writer = await InitializedAsync(database);
        await writer.WriteAsync(new SettingsBatch().Set(Mail.Password, Value).Set(_token, "other").Set(Mail.Host, "mail.example"));
        await ApplyAsync(database, damage ?? "SELECT 1");
        var stored = await database.ExecuteScalarAsync<string>(Stored);
        var store = Mail.Store(database, what switch { "a wrong key" => Keys.Of(9), "no key" => Keys.None, _ => Keys.Of(1) }, Group);
        foreach (var read in new Func<Task>[]
        {
            () => store.GetAsync(Mail.Password).AsTask(), () => store.GetAsync<string>("smtp.password").AsTask(), () => store.GetAsync<int>("smtp.password").AsTask(),
            () => store.GetRequiredAsync(Mail.Password).AsTask(), () => store.GetAsync("smtp.password", "fallback").AsTask(),
        })
        {
            var error = Assert.IsType<SettingException>(await ThrowsAsync(DatabaseErrorKind.SecretUnreadable, read));
            Assert.Equal("smtp.password", error.Key);
            Assert.Contains("'smtp.password'", error.Message, StringComparison.Ordinal);
            Assert.DoesNotContain(Value, error.ToString(), StringComparison.Ordinal);
        }

        await store.InitializeAsync();
        Assert.Equal(stored, await database.ExecuteScalarAsync<string>(Stored));
        Assert.Equal(("mail.example", true), (await store.GetAsync(Mail.Host), await store.IsSetAsync("smtp.password")));
        Assert.Null((await store.GetSnapshotAsync()).Describe("smtp.password")!.Value);
        Assert.Contains("smtp.password", (await ((ISettingSecrets)store).GetStatusAsync()).Unreadable);
        var healed = Mail.Store(database, Keys.Of(1), Group);
        await healed.SetAsync(Mail.Password, "new");
        Assert.Equal("new", await healed.GetAsync(Mail.Password));
    }

    [Fact]
    public async Task The_flag_of_a_secret_is_never_taken_away()
    {
        var database = CreateDatabase();
        await InitializedAsync(database);
        var open = new Setting<string>("smtp.password");
        var store = Mail.Store(database, Keys.Of(1), new SettingGroup("smtp", "SMTP Mail Settings") { Icon = "mail", SortOrder = 1, Settings = [open] });
        await store.InitializeAsync();
        List<long?> batches = [];
        foreach (var batch in new[] { new SettingsBatch().Set(open, Value), new SettingsBatch().SetText("smtp.password", Value + "2"), new SettingsBatch().Unset("smtp.password"), new SettingsBatch().Set("smtp.password", Value) })
        {
            batches.Add((await store.WriteAsync(batch)).BatchId);
            await AssertHiddenAsync();
        }

        foreach (var batch in Enumerable.Reverse(batches))
        {
            await store.UndoAsync(batch!.Value);
            await AssertHiddenAsync();
        }

        await store.InitializeAsync();
        await AssertHiddenAsync();
        Assert.All(await store.GetGroupAsync("smtp"), static each => Assert.Equal(each.Key is "smtp.password" or "smtp.token", each.IsSecret));

        async Task AssertHiddenAsync()
        {
            Assert.Equal(1, await database.ExecuteScalarAsync<long>(StoredFlag));
            Assert.DoesNotContain(Value, await database.ExecuteScalarAsync<string>(Stored), StringComparison.Ordinal);
            Assert.DoesNotContain(Value, string.Concat(await database.QueryAsync<string>("SELECT changes FROM deploystack_setting_history")), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_secret_is_masked_in_every_listing()
    {
        var store = await InitializedAsync(CreateDatabase());
        await using var changes = store.WatchAsync().GetAsyncEnumerator();
        var next = changes.MoveNextAsync().AsTask();
        var result = await store.WriteAsync(new SettingsBatch().Set(Mail.Password, Value));
        Assert.True(await next.WaitAsync(TimeSpan.FromSeconds(20)));
        await store.SetAsync(Mail.Password, Value + "2");
        await store.DeleteAsync("smtp.password");
        await store.UndoAsync((await store.GetHistoryAsync())[0].BatchId);
        var snapshot = await store.GetSnapshotAsync();
        var described = snapshot.Describe("smtp.password")!;
        Assert.Equal((true, true, null), (described.IsSet, described.IsSecret, described.Value));
        SettingValue[] listed =
        [
            described,
            snapshot.GetGroup("smtp").Single(static each => each.Key == "smtp.password"),
            snapshot.Groups.SelectMany(static group => group.Settings).Single(static each => each.Key == "smtp.password"),
            Assert.Single(snapshot.Search("password")),
            (await store.GetManyAsync(["smtp.password"]))["smtp.password"],
        ];
        Assert.All(listed, each => Assert.Equal(described, each));
        var history = await store.GetHistoryAsync();
        Assert.Equal(4, history.Count);
        Assert.All(history.SelectMany(static entry => entry.Changes), static change => Assert.Equal((null, null, true), (change.OldValue, change.NewValue, change.IsSecret)));
        Assert.All(
            new object[] { result, snapshot, changes.Current, changes.Current.After, new SettingsBatch().Set(Mail.Password, Value), Mail.Password, store }.Concat(listed).Concat(history).Concat(history.SelectMany(static entry => entry.Changes)),
            static each => Assert.DoesNotContain(Value, each.ToString(), StringComparison.Ordinal));
    }

    private static SettingGroup Group => new("smtp", "SMTP Mail Settings") { Icon = "mail", SortOrder = 1, Settings = [Mail.Host, Mail.Port, Mail.Password, _token] };

    private static async Task<ISettingsStore> InitializedAsync(IDeployStackDatabase database)
    {
        var store = Mail.Store(database, Keys.Of(1), Group);
        await store.InitializeAsync();
        return store;
    }
}
