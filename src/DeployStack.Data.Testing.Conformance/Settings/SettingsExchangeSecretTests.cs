using System.Text;
using System.Text.Json.Nodes;
using DeployStack.Data.Settings;
using Xunit;

namespace DeployStack.Data.Testing.Conformance.Settings;

/// <summary>Secrets in exported files: not there, or for those who have the pass phrase.</summary>
/// <param name="fixture">The provider under test.</param>
public abstract class SettingsExchangeSecretTests(ConformanceFixture fixture) : ConformanceSuite(fixture)
{
    private const string Plain = "pä55word-of-the-mail";

    private static readonly SettingGroup _tokens = new("tokens", "Tokens") { Settings = [new Setting<string>("tokens.a") { IsSecret = true }, new Setting<string>("tokens.b") { IsSecret = true }] };

    private static readonly SettingsExportOptions _export = new() { PassPhrase = Exchanged.PassPhrase };

    private static readonly SettingsImportOptions _import = new() { PassPhrase = Exchanged.PassPhrase };

    [Fact]
    public async Task Without_a_pass_phrase_a_file_holds_neither_plain_text_nor_ciphertext_of_a_secret()
    {
        var database = CreateDatabase();
        var store = await FilledAsync(database);
        await ApplyOneAsync(database, "UPDATE \"globalSettings\" SET value = @value, is_encrypted = 0 WHERE \"key\" = 'tokens.b'", new { value = "plain-in-the-database" });
        var file = await store.ExportAsync();
        var stored = await database.QueryAsync<string>("SELECT value FROM \"globalSettings\" WHERE is_encrypted = 1 AND value <> ''");
        Assert.Equal(2, stored.Count);
        foreach (var text in stored.SelectMany(static text => text.Split(':')).Append("plain-in-the-database").Append(Plain).Append("token of a").Where(static text => text.Length > 8))
        {
            Assert.DoesNotContain(text, file, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain(Convert.ToBase64String(Encoding.UTF8.GetBytes(text)).TrimEnd('='), file, StringComparison.Ordinal);
        }

        var password = Exchanged.SettingOf(JsonNode.Parse(file)!, "smtp.password");
        Assert.Equal((true, true), ((bool)password["secret"]!, (bool)password["set"]!));
        Assert.Equal(["key", "group", "type", "set", "secret", "version"], password.Select(static property => property.Key));
        using var stream = new MemoryStream();
        Assert.Equal(["smtp.password", "tokens.a", "tokens.b"], (await store.ExportAsync(stream)).SecretsLeftOut);
    }

    [Fact]
    public async Task Under_a_pass_phrase_secrets_go_to_a_database_with_another_key()
    {
        var database = CreateDatabase();
        var file = await (await FilledAsync(CreateDatabase())).ExportAsync(_export);
        Assert.DoesNotContain(Plain, file, StringComparison.Ordinal);
        var to = await StoreAsync(database, new Exchanged.Protector("two"));
        var result = await to.ImportAsync(file, _import);
        Assert.Equal(["smtp.password", "tokens.a", "tokens.b"], result.Changed);
        Assert.Equal((Plain, "token of a"), (await to.GetAsync(Mail.Password), await to.GetAsync<string>("tokens.a")));
        Assert.All(await database.QueryAsync<string>("SELECT value FROM \"globalSettings\" WHERE is_encrypted = 1"), static value => Assert.StartsWith("test:two:", value));
        Assert.Equal(0, await database.ExecuteScalarAsync<long>("SELECT count(*) FROM deploystack_setting_history WHERE changes LIKE @text", new { text = $"%{Plain}%" }));
        Assert.Null((await to.ImportAsync(file, _import)).BatchId); // the same secrets are no difference
    }

    [Fact]
    public async Task Without_the_pass_phrase_secrets_stay_as_they_are_and_are_listed()
    {
        var from = await FilledAsync(CreateDatabase());
        await from.SetAsync(Mail.Port, 465);
        await from.UnsetAsync("tokens.b");
        var to = await FilledAsync(CreateDatabase(), "another password");
        foreach (var file in new[] { await from.ExportAsync(), await from.ExportAsync(_export) })
        {
            await to.SetAsync(Mail.Port, 25);
            var result = await to.ImportAsync(file);
            Assert.Equal(["smtp.port"], result.Changed);
            Assert.Equal(["smtp.password", "tokens.a", "tokens.b"], result.SecretsSkipped);
        }

        Assert.Equal(("another password", "token of b"), (await to.GetAsync(Mail.Password), await to.GetAsync<string>("tokens.b")));
        Assert.Equal(["tokens.b"], (await to.ImportAsync(await from.ExportAsync(_export), _import)).Changed.Except(["smtp.password"], StringComparer.Ordinal));
        Assert.False(await to.IsSetAsync("tokens.b"));
    }

    [Fact]
    public async Task A_wrong_pass_phrase_is_one_error_and_nothing_is_written()
    {
        var from = await FilledAsync(CreateDatabase());
        await from.SetAsync(Mail.Port, 465);
        var to = await StoreAsync(CreateDatabase());
        var file = await from.ExportAsync(_export);
        var error = await ThrowsAsync(DatabaseErrorKind.SecretUnreadable, () => to.ImportAsync(file, new SettingsImportOptions { PassPhrase = "another horse battery" }));
        Assert.DoesNotContain("horse", error.ToString(), StringComparison.Ordinal);
        Assert.Equal((587, false), (await to.GetAsync(Mail.Port), await to.IsSetAsync("smtp.password")));
        await Assert.ThrowsAsync<ArgumentException>(() => from.ExportAsync(new SettingsExportOptions { PassPhrase = "short phras" }));
    }

    [Fact]
    public async Task An_altered_value_and_values_moved_between_keys_and_files_are_refused_by_name()
    {
        var from = await FilledAsync(CreateDatabase());
        var to = await StoreAsync(CreateDatabase());
        var file = await from.ExportAsync(_export);
        var root = JsonNode.Parse(file)!;
        var (password, a, b) = (Encrypted(root, "smtp.password"), Encrypted(root, "tokens.a"), Encrypted(root, "tokens.b"));
        var other = JsonNode.Parse(await from.ExportAsync(_export))!;
        await RefusedAsync(With(("smtp.password", password[..20] + (password[20] == 'A' ? 'B' : 'A') + password[21..])), "smtp.password");
        await RefusedAsync(With(("smtp.password", password[..^4])), "smtp.password");
        await RefusedAsync(With(("smtp.password", "")), "smtp.password");
        await RefusedAsync(With(("smtp.password", "no Base64!")), "smtp.password");
        await RefusedAsync(With(("tokens.a", b), ("tokens.b", a)), "tokens.a", "tokens.b");
        await RefusedAsync(With(("tokens.a", Encrypted(other, "tokens.a"))), "tokens.a");
        await RefusedAsync(With(("tokens.a", (string)root["secrets"]!["check"]!)), "tokens.a");
        Assert.False(await to.IsSetAsync("tokens.b"));

        string With(params (string Key, string Encrypted)[] changes) => changes.Aggregate(file, static (text, change) => Exchanged.With(text, change.Key, setting => setting["encrypted"] = change.Encrypted));

        async Task RefusedAsync(string text, params string[] keys)
        {
            var error = Assert.IsType<SettingException>(await ThrowsAsync(DatabaseErrorKind.SecretUnreadable, () => to.ImportAsync(text, _import)));
            Assert.Equal(keys, error.Errors.Select(static each => each.Key));
        }
    }

    [Fact]
    public async Task A_secret_that_cannot_be_decrypted_fails_the_export_before_it_begins_unless_it_may_be_left_out()
    {
        var database = CreateDatabase();
        await FilledAsync(database);
        var store = await StoreAsync(database, new Exchanged.Protector("lost"));
        await store.WriteAsync(new SettingsBatch().Set("tokens.b", "new"));
        using var stream = new MemoryStream();
        var error = Assert.IsType<SettingException>(await ThrowsAsync(DatabaseErrorKind.SecretUnreadable, () => store.ExportAsync(stream, _export)));
        Assert.Equal(["smtp.password", "tokens.a"], error.Errors.Select(static each => each.Key));
        Assert.Contains("smtp.password, tokens.a", error.Message, StringComparison.Ordinal);
        Assert.Equal(0, stream.Length);

        var result = await store.ExportAsync(stream, new SettingsExportOptions { PassPhrase = Exchanged.PassPhrase, SkipUnreadableSecrets = true });
        Assert.Equal(["smtp.password", "tokens.a"], result.SecretsLeftOut);
        var to = await StoreAsync(CreateDatabase());
        var import = await to.ImportAsync(Encoding.UTF8.GetString(stream.ToArray()), _import);
        Assert.Equal(["tokens.b"], import.Changed);
        Assert.Equal(["smtp.password", "tokens.a"], import.SecretsSkipped);
    }

    [Fact]
    public async Task A_secret_never_becomes_a_setting_in_the_open_and_a_setting_may_become_a_secret()
    {
        static SettingGroup Group(bool isSecret) => new("g", "G") { Settings = [new Setting<string>("g.x") { IsSecret = isSecret }] };
        var (open, secret) = (await Exchanged.StoreAsync(CreateDatabase(), null, Group(isSecret: false)), await Exchanged.StoreAsync(CreateDatabase(), null, Group(isSecret: true)));
        await secret.SetAsync("g.x", Plain);
        var file = await secret.ExportAsync(_export);
        var error = await ThrowsAsync(DatabaseErrorKind.InvalidParameter, () => open.ImportAsync(file, _import));
        Assert.DoesNotContain(Plain, error.ToString(), StringComparison.Ordinal);
        await open.SetAsync("g.x", "in the open");
        await secret.ImportAsync(await open.ExportAsync());
        Assert.Equal(("in the open", true), (await secret.GetAsync<string>("g.x"), (await secret.GetSnapshotAsync()).Describe("g.x")!.IsSecret));
    }

    [Fact]
    public async Task Unset_secrets_need_neither_key_nor_pass_phrase()
    {
        var store = Mail.Store(CreateDatabase());
        await store.InitializeAsync();
        Assert.Empty((await store.ImportAsync(await store.ExportAsync())).SecretsSkipped);
        Assert.Null((await store.ImportAsync(await store.ExportAsync(_export), _import)).BatchId);
    }

    private static string Encrypted(JsonNode root, string key) => (string)Exchanged.SettingOf(root, key)["encrypted"]!;

    private static Task<ISettingsStore> StoreAsync(IDeployStackDatabase database, ISettingProtector? protector = null) => Exchanged.StoreAsync(database, protector, Mail.Global, Mail.Group, _tokens);

    private static async Task<ISettingsStore> FilledAsync(IDeployStackDatabase database, string password = Plain)
    {
        var store = await StoreAsync(database);
        await store.WriteAsync(new SettingsBatch().Set(Mail.Password, password).Set("tokens.a", "token of a").Set("tokens.b", "token of b"));
        return store;
    }
}
