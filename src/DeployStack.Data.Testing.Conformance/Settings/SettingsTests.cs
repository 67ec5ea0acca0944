using DeployStack.Data.Migrations;
using DeployStack.Data.Settings;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace DeployStack.Data.Testing.Conformance.Settings;

/// <summary>Settings: declared in code, created in one batch, read and written by their types.</summary>
/// <param name="fixture">The provider under test.</param>
public abstract class SettingsTests(ConformanceFixture fixture) : ConformanceSuite(fixture)
{
    [Fact]
    public async Task Groups_and_settings_are_created_with_their_defaults()
    {
        var database = CreateDatabase();
        var result = await Mail.Store(database).InitializeAsync();
        Assert.Equal(6, result.Created.Count);
        Assert.Empty(result.Skipped);
        Assert.Equal(["global", "smtp"], result.Groups.Select(static group => group.Id), StringComparer.Ordinal);
        Assert.Equal(["smtp.host", "smtp.password"], result.MissingRequired, StringComparer.Ordinal);
        Assert.Equal(
            [("global", "Global Settings", null, 0L), ("smtp", "SMTP Mail Settings", "mail", 1L)],
            await database.QueryAsync<(string, string, string?, long)>("SELECT id, name, icon, sort_order FROM \"globalSettingGroups\" ORDER BY id"));
        Assert.Equal(
            [
                ("global.page_url", "http://localhost:5173", "string", 0L, "global"),
                ("smtp.host", "", "string", 0L, "smtp"),
                ("smtp.password", "", "string", 1L, "smtp"),
                ("smtp.port", "587", "number", 0L, "smtp"),
                ("smtp.rate", "1.50", "number", 0L, "smtp"),
                ("smtp.secure", "true", "boolean", 0L, "smtp"),
            ],
            await database.QueryAsync<(string, string, string, long, string)>("SELECT \"key\", \"value\", \"type\", is_encrypted, group_id FROM \"globalSettings\" ORDER BY \"key\""));
    }

    [Fact]
    public async Task A_second_start_writes_nothing()
    {
        var database = CreateDatabase();
        await Mail.Store(database).InitializeAsync();
        await ApplyAsync(database, "UPDATE \"globalSettings\" SET updated_at = 1", "UPDATE \"globalSettingGroups\" SET updated_at = 1");
        var result = await Mail.Store(database).InitializeAsync();
        Assert.Equal(6, result.Skipped.Count);
        Assert.Empty(result.Created);
        Assert.Empty(result.Refreshed);
        Assert.Equal(0, await database.ExecuteScalarAsync<long>("SELECT count(*) FROM \"globalSettings\" WHERE updated_at <> 1"));
        Assert.Equal(0, await database.ExecuteScalarAsync<long>("SELECT count(*) FROM \"globalSettingGroups\" WHERE updated_at <> 1"));
    }

    [Fact]
    public async Task Descriptions_are_refreshed_and_values_are_not_touched()
    {
        var database = CreateDatabase();
        var store = Mail.Store(database);
        await store.InitializeAsync();
        await store.SetAsync(Mail.Port, 25);
        var port = new Setting<int>("smtp.port", 465) { Description = "New words" };
        var result = await Mail.Store(database, new SettingGroup("smtp", "Mail") { Settings = [port] }).InitializeAsync();
        Assert.Equal(["smtp.port"], result.Refreshed, StringComparer.Ordinal);
        Assert.Equal(25, await store.GetAsync(Mail.Port));
        Assert.Equal("New words", await database.ExecuteScalarAsync<string>("SELECT description FROM \"globalSettings\" WHERE \"key\" = 'smtp.port'"));
        Assert.Equal("Mail", await database.ExecuteScalarAsync<string>("SELECT name FROM \"globalSettingGroups\" WHERE id = 'smtp'"));
    }

    [Fact]
    public async Task A_failure_in_the_last_setting_leaves_nothing()
    {
        var database = await CreateDatabaseAsync(
            "CREATE TABLE \"globalSettings\" (\"key\" TEXT PRIMARY KEY CHECK (\"key\" <> 'smtp.password'), value TEXT NOT NULL, type TEXT NOT NULL, description TEXT, is_encrypted INTEGER NOT NULL, group_id TEXT, created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL)");
        await ThrowsAsync(DatabaseErrorKind.CheckViolation, () => Mail.Store(database).InitializeAsync());
        Assert.Equal(0, await database.ExecuteScalarAsync<long>("SELECT count(*) FROM \"globalSettings\""));
        Assert.Equal(0, await database.ExecuteScalarAsync<long>("SELECT count(*) FROM \"globalSettingGroups\""));
    }

    [Fact]
    public async Task Stores_that_start_at_once_create_each_setting_once()
    {
        var database = CreateDatabase();
        var results = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => Mail.Store(database).InitializeAsync())));
        Assert.Equal(6, results.Sum(static result => result.Created.Count));
        Assert.All(results, static result => Assert.Equal(6, result.Created.Count + result.Skipped.Count));
        Assert.Equal(6, await database.ExecuteScalarAsync<long>("SELECT count(*) FROM \"globalSettings\""));
    }

    [Fact]
    public async Task More_settings_than_a_statement_has_parameters_are_one_batch()
    {
        var settings = Enumerable.Range(0, 300).Select(static i => new Setting<long>($"many.{i:000}", i)).ToList();
        var store = Mail.Store(CreateDatabase(), new SettingGroup("many", "Many") { Settings = settings });
        Assert.Equal(300, (await store.InitializeAsync()).Created.Count);
        Assert.Equal(299, await store.GetAsync(settings[299]));
        Assert.Equal(300, (await store.GetGroupAsync("many")).Count);
    }

    [Fact]
    public async Task Tables_that_exist_are_taken_as_they_are()
    {
        var database = await CreateDatabaseAsync(
            "CREATE TABLE `globalSettingGroups` (`id` text PRIMARY KEY NOT NULL, `name` text NOT NULL, `description` text, `icon` text, `sort_order` integer DEFAULT 0 NOT NULL, `created_at` integer NOT NULL, `updated_at` integer NOT NULL)",
            "CREATE TABLE `globalSettings` (`key` text PRIMARY KEY NOT NULL, `value` text NOT NULL, `type` text DEFAULT 'string' NOT NULL, `description` text, `is_encrypted` integer DEFAULT false NOT NULL, `group_id` text, `created_at` integer NOT NULL, `updated_at` integer NOT NULL, FOREIGN KEY (`group_id`) REFERENCES `globalSettingGroups`(`id`))",
            "INSERT INTO `globalSettingGroups` VALUES ('smtp', 'SMTP Mail Settings', NULL, 'mail', 1, 5, 5)",
            "INSERT INTO `globalSettings` VALUES ('smtp.host', 'mail.example', 'string', 'SMTP server', 0, 'smtp', 5, 5)");
        var store = Mail.Store(database);
        Assert.Equal("mail.example", await store.GetAsync(Mail.Host)); // reading needs nothing that initialisation adds
        await ThrowsAsync(DatabaseErrorKind.SchemaMissing, () => store.SetAsync(Mail.Host, "other"));
        var result = await store.InitializeAsync();
        Assert.Equal(["smtp.host"], result.Skipped, StringComparer.Ordinal);
        Assert.Equal("mail.example", await store.GetAsync(Mail.Host));
        Assert.Equal(5, await database.ExecuteScalarAsync<long>("SELECT created_at FROM `globalSettings` WHERE `key` = 'smtp.host'"));
    }

    [Fact]
    public async Task Triggers_that_a_rebuild_by_other_tools_lost_are_put_back()
    {
        var database = CreateDatabase();
        await Mail.Store(database).InitializeAsync();
        await ApplyAsync(
            database,
            "CREATE TABLE copy (\"key\" TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL, type TEXT NOT NULL, description TEXT, is_encrypted INTEGER NOT NULL, group_id TEXT, created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL)",
            "INSERT INTO copy SELECT * FROM \"globalSettings\"",
            "DROP TABLE \"globalSettings\"",
            "ALTER TABLE copy RENAME TO \"globalSettings\"");
        var store = Mail.Store(database);
        await store.InitializeAsync();
        var before = (await store.GetSnapshotAsync()).Version;
        await ApplyAsync(database, "UPDATE \"globalSettings\" SET value = '25' WHERE \"key\" = 'smtp.port'");
        var after = await Mail.Store(database).GetSnapshotAsync();
        Assert.Equal((before + 1, 25), (after.Version, after.Get(Mail.Port)));
    }

    [Fact]
    public async Task The_tables_of_settings_are_no_migration_of_the_application()
    {
        var services = CreateServices(static builder => builder
            .AddMigrations(static options => options.Sources.Add(MigrationSource.FromScripts(new Dictionary<string, string>(StringComparer.Ordinal) { ["0001_a.sql"] = "CREATE TABLE a (x)" })))
            .AddSettings(static settings => settings.Add(Mail.Group)));
        var runner = services.GetRequiredService<IMigrationRunner>();
        await services.GetRequiredService<ISettingsStore>().InitializeAsync();
        Assert.Empty((await runner.GetStatusAsync()).Applied);
        Assert.Empty((await runner.GetStatusAsync()).Missing);
        Assert.Single((await runner.ApplyAsync()).Applied);
        Assert.Equal(
            ["0001", "settings/0001", "settings/0002"],
            await DatabaseOf(services).QueryAsync<string>("SELECT identity FROM deploystack_migrations ORDER BY identity"),
            StringComparer.Ordinal);
    }
}
