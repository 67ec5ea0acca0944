using System.Text.Json.Nodes;
using DeployStack.Data.Plugins;
using DeployStack.Data.Settings;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace DeployStack.Data.Testing.Conformance.Settings;

/// <summary>Export and import: settings as a file, taken over whole or not at all.</summary>
/// <param name="fixture">The provider under test.</param>
public abstract class SettingsExchangeTests(ConformanceFixture fixture) : ConformanceSuite(fixture)
{
    [Fact]
    public async Task What_is_exported_from_one_database_is_imported_into_another()
    {
        var from = await Exchanged.StoreAsync(CreateDatabase());
        await from.WriteAsync(new SettingsBatch().Set(Mail.Host, "mäil \"<quoted>\"\n+\u2028 \ud83d\udce7").Set(Mail.Port, 465).Set(Mail.Rate, 2.50m).Unset("smtp.secure"));
        var file = await from.ExportAsync();
        var to = await Exchanged.StoreAsync(CreateDatabase());
        await to.DeleteAsync("smtp.rate");
        var result = await to.ImportAsync(file, new SettingsImportOptions { Actor = "anna" });
        Assert.Equal(["smtp.rate"], result.Created);
        Assert.Equal(["smtp.host", "smtp.port", "smtp.secure"], result.Changed);
        Assert.Equal((2, 0, 0), (result.Unchanged, result.Unknown.Count, result.SecretsSkipped.Count));
        Assert.Equal(("mäil \"<quoted>\"\n+\u2028 \ud83d\udce7", 465, "2.50", false), (await to.GetAsync(Mail.Host), await to.GetAsync(Mail.Port), await to.GetAsync<string>("smtp.rate"), await to.IsSetAsync("smtp.secure")));
        var entry = Assert.Single(await to.GetHistoryAsync(new SettingHistoryQuery { BatchId = result.BatchId }));
        Assert.Equal(("anna", $"import of settings exported at {result.ExportedAt:yyyy-MM-dd'T'HH:mm:ss'Z'}"), (entry.Actor, entry.Reason));
        Assert.Null((await to.ImportAsync(file)).BatchId);
        await to.UndoAsync(result.BatchId!.Value);
        Assert.Equal(587, await to.GetAsync(Mail.Port));
    }

    [Fact]
    public async Task A_file_is_the_same_for_the_same_settings_and_in_order()
    {
        var time = new Clock(new DateTimeOffset(2026, 3, 4, 5, 6, 7, TimeSpan.Zero));
        var file = await (await Exchanged.StoreAsync(CreateDatabase(), null, Mail.Global, Mail.Group)).ExportAsync(new SettingsExportOptions { Time = time });
        Assert.Equal(file, await (await Exchanged.StoreAsync(CreateDatabase(), null, Mail.Group, Mail.Global)).ExportAsync(new SettingsExportOptions { Time = time }));
        Assert.Equal(["global.page_url", "smtp.host", "smtp.password", "smtp.port", "smtp.rate", "smtp.secure"], Exchanged.Keys(file));
        var root = JsonNode.Parse(file)!;
        Assert.Equal(("deploystack.settings", 1), ((string)root["format"]!, (int)root["version"]!));
        Assert.Equal(["global", "smtp"], root["groups"]!.AsArray().Select(static group => (string)group!["id"]!));
        Assert.Equal(("number", "587", true), ((string)Exchanged.SettingOf(root, "smtp.port")["type"]!, (string)Exchanged.SettingOf(root, "smtp.port")["value"]!, (bool)Exchanged.SettingOf(root, "smtp.port")["set"]!));
    }

    [Fact]
    public async Task Groups_prefixes_and_what_is_set_can_be_chosen()
    {
        var store = await Exchanged.StoreAsync(CreateDatabase());
        Assert.Equal(["global.page_url"], Exchanged.Keys(await store.ExportAsync(new SettingsExportOptions { Groups = ["global"] })));
        Assert.Equal(["global.page_url", "smtp.password", "smtp.port"], Exchanged.Keys(await store.ExportAsync(new SettingsExportOptions { Groups = ["global"], KeyPrefixes = ["smtp.p"] })));
        var file = await store.ExportAsync(new SettingsExportOptions { KeyPrefixes = ["smtp."], OnlySet = true });
        Assert.Equal(["smtp.port", "smtp.rate", "smtp.secure"], Exchanged.Keys(file));
        Assert.Equal(["smtp"], JsonNode.Parse(file)!["groups"]!.AsArray().Select(static group => (string)group!["id"]!));
    }

    [Fact]
    public async Task A_dry_run_tells_and_refuses_what_the_import_would_and_writes_nothing()
    {
        var database = CreateDatabase();
        var store = await Exchanged.StoreAsync(database);
        var file = await store.ExportAsync();
        await store.WriteAsync(new SettingsBatch().Set(Mail.Port, 25).Delete("smtp.rate"));
        var version = (await store.GetSnapshotAsync()).Version;
        var dry = await store.ImportAsync(file, new SettingsImportOptions { DryRun = true });
        Assert.Equal((null, 4), (dry.BatchId, dry.Unchanged));
        var bad = Exchanged.With(file, "smtp.port", static setting => setting["value"] = "no number");
        await ThrowsAsync(DatabaseErrorKind.InvalidParameter, () => store.ImportAsync(bad, new SettingsImportOptions { DryRun = true }));
        Assert.Equal(version, (await store.GetSnapshotAsync()).Version);
        var result = await store.ImportAsync(file);
        Assert.Equal(["smtp.rate"], dry.Created);
        Assert.Equal(["smtp.port"], dry.Changed);
        Assert.Equal(dry.Created, result.Created);
        Assert.Equal(dry.Changed, result.Changed);
        Assert.Equal(dry.Unchanged, result.Unchanged);
    }

    [Fact]
    public async Task One_value_that_does_not_fit_leaves_everything_and_is_not_told()
    {
        var store = await Exchanged.StoreAsync(CreateDatabase());
        await store.SetAsync(Mail.Host, "mail.example");
        var file = Exchanged.With(await store.ExportAsync(), "smtp.port", static setting => setting["value"] = "s3cr3t-value");
        await store.SetAsync(Mail.Host, "other.example");
        var error = Assert.IsType<SettingException>(await ThrowsAsync(DatabaseErrorKind.InvalidParameter, () => store.ImportAsync(file)));
        Assert.Equal(["smtp.port"], error.Errors.Select(static each => each.Key));
        Assert.DoesNotContain("s3cr3t-value", error.ToString(), StringComparison.Ordinal);
        Assert.Equal("other.example", await store.GetAsync(Mail.Host));
    }

    [Fact]
    public async Task Keys_that_nobody_knows_are_refused_or_left_out_and_listed()
    {
        var other = new SettingGroup("other", "Other") { Settings = [new Setting<int>("other.a", 1), new Setting<string>("other.secret") { IsSecret = true }] };
        var from = await Exchanged.StoreAsync(CreateDatabase(), null, Mail.Group, other);
        await from.WriteAsync(new SettingsBatch().Set(Mail.Port, 465).Set("other.secret", "x"));
        var to = await Exchanged.StoreAsync(CreateDatabase());
        var file = await from.ExportAsync();
        var error = Assert.IsType<SettingException>(await ThrowsAsync(DatabaseErrorKind.InvalidParameter, () => to.ImportAsync(file)));
        Assert.Equal(["other.a", "other.secret"], error.Errors.Select(static each => each.Key));
        Assert.Equal(587, await to.GetAsync(Mail.Port));
        var result = await to.ImportAsync(file, new SettingsImportOptions { UnknownKeys = UnknownSettings.Skip });
        Assert.Equal(["other.a", "other.secret"], result.Unknown);
        Assert.Equal(["smtp.port"], result.Changed);
        Assert.False(await to.ExistsAsync("other.a"));
    }

    [Fact]
    public async Task What_the_file_does_not_have_stays_or_is_unset_within_what_it_covers()
    {
        var store = await Exchanged.StoreAsync(CreateDatabase());
        await store.SetAsync(Mail.Password, "hunter2hunter2");
        var file = Exchanged.Without(Exchanged.Without(await store.ExportAsync(new SettingsExportOptions { Groups = ["smtp"] }), "smtp.port"), "smtp.password");
        Assert.Empty((await store.ImportAsync(file)).Changed);
        var result = await store.ImportAsync(file, new SettingsImportOptions { UnsetMissing = true });
        Assert.Equal(["smtp.port"], result.Changed);
        Assert.Equal(["smtp.password"], result.SecretsSkipped); // no pass phrase, so no secret is touched
        Assert.Equal((false, true, true), (await store.IsSetAsync("smtp.port"), await store.IsSetAsync("global.page_url"), await store.IsSetAsync("smtp.password")));
    }

    [Fact]
    public async Task With_versions_a_change_since_the_export_is_not_overwritten()
    {
        var store = await Exchanged.StoreAsync(CreateDatabase());
        var file = Exchanged.With(await store.ExportAsync(), "smtp.host", static setting => (setting["set"], setting["value"]) = (true, "mail.example"));
        await store.WriteAsync(new SettingsBatch().Set(Mail.Port, 25).Delete("smtp.rate"));
        var error = Assert.IsType<SettingException>(await ThrowsAsync(DatabaseErrorKind.ExpectationFailed, () => store.ImportAsync(file, new SettingsImportOptions { ExpectVersions = true })));
        Assert.Equal(["smtp.port", "smtp.rate"], error.Errors.Select(static each => each.Key));
        Assert.Equal("", await store.GetAsync(Mail.Host));

        // what became what the file says by another way is no conflict
        await store.WriteAsync(new SettingsBatch().Set(Mail.Port, 587).Set(Mail.Rate, 1.50m));
        Assert.Equal(["smtp.host"], (await store.ImportAsync(file, new SettingsImportOptions { ExpectVersions = true })).Changed);
        Assert.Equal("mail.example", await store.GetAsync(Mail.Host));
    }

    [Fact]
    public async Task A_plugin_exports_and_imports_its_own_settings_only()
    {
        const string id = "example-plugin";
        var interval = new Setting<int>("example-plugin.interval", 60);
        var services = CreateServices(builder => builder.AddSettings(static s => s.Add(Mail.Group)).AddPlugin(id, plugin => plugin.AddSettings(new SettingGroup(id, "P") { Settings = [interval] })));
        var all = services.GetRequiredService<ISettingsStore>();
        await all.InitializeAsync();
        var own = services.GetRequiredService<IPluginManager>().GetSettings(id);
        var file = await own.ExportAsync();
        Assert.Equal([interval.Key], Exchanged.Keys(file));
        Assert.DoesNotContain("smtp", file, StringComparison.Ordinal);
        await own.SetAsync(interval, 5);
        Assert.Equal([interval.Key], (await own.ImportAsync(file, new SettingsImportOptions { UnsetMissing = true })).Changed);
        Assert.Equal((60, 587), (await all.GetAsync(interval), await all.GetAsync(Mail.Port)));

        var foreign = Exchanged.With(await all.ExportAsync(), "smtp.port", static setting => setting["value"] = "1");
        await ThrowsAsync(DatabaseErrorKind.NotAuthorized, () => own.ImportAsync(foreign));
        await ThrowsAsync(DatabaseErrorKind.NotAuthorized, () => own.ImportAsync(foreign, new SettingsImportOptions { DryRun = true }));
        Assert.Contains("smtp.port", (await own.ImportAsync(foreign, new SettingsImportOptions { UnknownKeys = UnknownSettings.Skip })).Unknown);
        Assert.Equal(587, await all.GetAsync(Mail.Port));
    }

    [Fact]
    public async Task Thousands_of_settings_go_out_and_in_as_one_batch()
    {
        var settings = Enumerable.Range(0, 5_000).Select(static i => new Setting<string>($"many.{i:0000}", $"value {i}")).ToList();
        var group = new SettingGroup("many", "Many") { Settings = settings };
        var file = await (await Exchanged.StoreAsync(CreateDatabase(), null, group)).ExportAsync();
        var to = await Exchanged.StoreAsync(CreateDatabase(), null, group);
        await to.WriteAsync(settings.Aggregate(new SettingsBatch(settings.Count), static (batch, setting) => batch.Set(setting, "other")));
        Assert.Equal(5_000, (await to.ImportAsync(file)).Changed.Count);
        Assert.Equal("value 4999", await to.GetAsync(settings[4_999]));
    }
}
