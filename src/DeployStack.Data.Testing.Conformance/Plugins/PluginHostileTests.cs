using DeployStack.Data.Migrations;
using DeployStack.Data.Plugins;
using DeployStack.Data.Settings;
using DeployStack.Data.Testing.Conformance.Migrations;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace DeployStack.Data.Testing.Conformance.Plugins;

/// <summary>What is no single statement: a unit that outlives its transaction, neighbours, an export of hostile names, and
/// settings and errors that tell of others.</summary>
/// <param name="fixture">The provider under test.</param>
public abstract class PluginHostileTests(ConformanceFixture fixture) : ConformanceSuite(fixture)
{
    private const string Own = "\"example-plugin_t\"";

    [Fact]
    public async Task A_unit_whose_transaction_is_over_writes_nothing_in_a_savepoint()
    {
        if (await CreateAsync() is not { } world)
        {
            return;
        }

        foreach (var database in (IDeployStackDatabase[])[world.Plugin, world.Host])
        {
            await ThrowsAsync(DatabaseErrorKind.SessionMisuse, () => database.WriteAsync(async s =>
            {
                await ThrowsAsync(DatabaseErrorKind.UniqueViolation, () => s.ExecuteAsync($"INSERT OR ROLLBACK INTO {Own} (id, v) VALUES (1, 'again')").AsTask());
                await s.SavepointAsync(static async inner => await inner.ExecuteAsync($"INSERT INTO {Own} (v) VALUES ('escaped')"));
            }));
            Assert.Equal(2, await world.Host.ExecuteScalarAsync<long>($"SELECT count(*) FROM {Own}"));
        }
    }

    [Fact]
    public async Task A_plugin_that_rolls_back_takes_no_neighbour_along()
    {
        if (await CreateAsync() is not { } world)
        {
            return;
        }

        await Task.WhenAll(Enumerable.Range(0, 60).Select(i => Task.Run(() => i % 2 == 0
            ? world.Host.WriteAsync(static s => s.ExecuteAsync("INSERT INTO core_audit VALUES ('kept')"))
            : (Task)ThrowsAsync(DatabaseErrorKind.UniqueViolation, () => world.Plugin.WriteAsync(static async s =>
            {
                await s.ExecuteAsync("INSERT INTO \"example-plugin_log\" VALUES ('lost')");
                await s.ExecuteAsync($"INSERT OR ROLLBACK INTO {Own} (id, v) VALUES (1, 'again')");
            })))));
        Assert.Equal(30, await world.Host.ExecuteScalarAsync<long>("SELECT count(*) FROM core_audit WHERE what = 'kept'"));
        Assert.Equal(0, await world.Host.ExecuteScalarAsync<long>("SELECT count(*) FROM \"example-plugin_log\" WHERE what = 'lost'"));
    }

    [Fact]
    public async Task A_plugin_copies_its_own_tables_whole_beside_an_open_stream()
    {
        if (await CreateAsync() is not { } world)
        {
            return;
        }

        await world.Plugin.WriteAsync(static async s =>
        {
            var rows = 0;
            await foreach (var v in s.StreamAsync<string>($"SELECT v FROM {Own}"))
            {
                Assert.Equal(0, await s.ExecuteAsync($"INSERT INTO \"example-plugin_schema\" SELECT * FROM \"example-plugin_schema\" /* {v} */"));
                rows++;
            }

            Assert.Equal(2, rows);
            Assert.Equal(2, await s.ExecuteAsync($"INSERT INTO \"example-plugin_twin\" SELECT id, v FROM {Own} AS \"*\""));
        });
        Assert.Equal(1, await world.Host.WriteAsync(static s => s.ExecuteAsync("INSERT INTO core (secret) SELECT secret FROM core LIMIT 1")));
        Assert.Equal(2, await world.Host.ExecuteScalarAsync<long>("SELECT count(*) FROM \"example-plugin_twin\""));
    }

    [Fact]
    public async Task A_trigger_on_the_row_id_that_keeps_within_its_rights_is_welcome()
    {
        var host = CreateDatabase();
        if (!await PluginWorld.CanConfineAsync(host))
        {
            return;
        }

        var manager = PluginWorld.Manager(host, PluginWorld.First, ("0002_rowid.sql", "CREATE TABLE \"example-plugin_flat\" (oid TEXT PRIMARY KEY) WITHOUT ROWID;\nCREATE TRIGGER \"example-plugin_moved\" AFTER UPDATE OF rowid ON \"example-plugin_log\" BEGIN INSERT INTO \"example-plugin_flat\" VALUES (new.rowid); END;"));
        await manager.ApplyAsync();
        await manager.GetDatabase(PluginWorld.Id).WriteAsync(static s => s.ExecuteAsync("UPDATE \"example-plugin_log\" SET rowid = rowid + 10 WHERE rowid = 1"));
        Assert.Equal("11", await host.ExecuteScalarAsync<string>("SELECT oid FROM \"example-plugin_flat\""));
    }

    [Fact]
    public async Task A_plugin_does_not_learn_what_others_wrote_or_named()
    {
        if (await CreateAsync() is not { } world)
        {
            return;
        }

        await world.Host.WriteAsync(static s => s.ExecuteAsync("INSERT INTO core VALUES (4711, 'x')"));
        Assert.Equal(0, await world.Plugin.WriteAsync(static s => s.ExecuteScalarAsync<long>("SELECT last_insert_rowid()")));

        await ApplyAsync(world.Host, "CREATE TABLE core_checked (v TEXT CONSTRAINT \"mine\" CHECK (v <> 'x'))", "CREATE TRIGGER core_guard BEFORE DELETE ON core BEGIN SELECT RAISE(ABORT, 'guess'); END");
        var plugins = PluginManagerFactory.Create(world.Host, new PluginsBuilder().Add("example2", static plugin => plugin.AddMigrations(Scripts.Source(("0001_guess.sql", """
            CREATE TABLE example2_t (v TEXT CONSTRAINT 'mine' CHECK (v <> 'x'), w TEXT DEFAULT "two words", x TEXT DEFAULT word, y INTEGER DEFAULT -1, z TEXT DEFAULT (lower('Z') || strftime('%Y')), at TEXT DEFAULT CURRENT_TIMESTAMP, b BLOB DEFAULT x'00');
            CREATE TRIGGER example2_tr BEFORE DELETE ON example2_t BEGIN SELECT RAISE(ABORT, 'gu' || 'ess'); END;
            INSERT INTO example2_t (v) VALUES ('y');
            """)))));
        await plugins.ApplyAsync();
        var check = await ThrowsAsync(DatabaseErrorKind.CheckViolation, () => plugins.GetDatabase("example2").WriteAsync(static s => s.ExecuteAsync("INSERT INTO example2_t (v) VALUES ('x')")));
        var raised = await Assert.ThrowsAnyAsync<DatabaseException>(() => plugins.GetDatabase("example2").WriteAsync(static s => s.ExecuteAsync("DELETE FROM example2_t")));
        Assert.All([check, raised], static error => Assert.DoesNotContain("core", $"{error.Message} {error.Table} {error.Constraint}", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_plugin_named_like_keys_of_the_host_gets_none_of_its_settings()
    {
        var port = new Setting<int>("smtp.port", 587);
        var address = new Setting<string>("smtp.own.address", "localhost");
        var services = CreateServices(builder => builder
            .AddSettings(s => s.Add(new SettingGroup("mail", "Mail") { Settings = [port] }))
            .AddPlugin("smtp", plugin => plugin.AddSettings(new SettingGroup("smtp.own", "Own") { Settings = [address] })));
        var all = services.GetRequiredService<ISettingsStore>();
        await all.InitializeAsync();
        var own = PluginWorld.ManagerOf(services).GetSettings("smtp");
        await own.SetAsync(address, "example.org");
        await ThrowsAsync(DatabaseErrorKind.NotAuthorized, async () => await own.SetAsync(port, 1));
        foreach (var key in (string[])["smtp.port", "SMTP.port", "smtp.port ", " smtp.own.address", "smtp.own.ADDRESS", "smtp.own.address\0", "smtp."])
        {
            await ThrowsAsync(DatabaseErrorKind.NotAuthorized, async () => await own.SetAsync(key, 1));
            await ThrowsAsync(DatabaseErrorKind.NotAuthorized, async () => await own.GetAsync<string>(key));
            await ThrowsAsync(DatabaseErrorKind.NotAuthorized, async () => await own.IsSetAsync(key));
        }

        await ThrowsAsync(DatabaseErrorKind.NotAuthorized, async () => await own.GetGroupAsync("smtp"));
        Assert.Equal((587, "example.org"), (await all.GetAsync(port), await own.GetAsync(address)));
    }

    [Fact]
    public async Task An_export_of_hostile_names_brings_everything_back_and_touches_nothing_else()
    {
        var host = CreateDatabase();
        if (!await PluginWorld.CanConfineAsync(host))
        {
            return;
        }

        await ApplyAsync(host, "CREATE TABLE core (v TEXT)", "INSERT INTO core VALUES ('kept')", "CREATE TABLE \"\u212Aiosk_t\" (v)", "CREATE TABLE \"kio\u017Fk_t\" (v)", "CREATE TABLE kioskx_t (v)");
        var wide = string.Join(", ", Enumerable.Range(0, 1200).Select(static i => $"c{i}"));
        var manager = PluginManagerFactory.Create(host, new PluginsBuilder().Add("kiosk", plugin =>
        {
            plugin.Lint = Data.Migrations.Lint.LintPolicy.Off;
            plugin.AddMigrations(MigrationSource.FromMigrations(new Written("0001_hostile", builder => builder
                .Add("CREATE TABLE \"kiosk_\"\"; DROP TABLE core; --\" (\"a'); DROP TABLE core; --\" TEXT, [b\"\n] BLOB) STRICT -- of the table")
                .Add($"CREATE TABLE kiosk_wide ({wide})")
                .Add("INSERT INTO \"kiosk_\"\"; DROP TABLE core; --\" VALUES ('''); DROP TABLE core; --' || char(0, 10, 8232), x'00FF'), (NULL, zeroblob(70000)), ('\n.quit\n', NULL)")
                .Add("INSERT INTO kiosk_wide (c0, c1199) VALUES (1e300, -9223372036854775808)")
                .Add("CREATE VIEW kiosk_v AS SELECT c0 FROM kiosk_wide /* never ended")
                .Add("CREATE INDEX \"kiosk_'i\" ON kiosk_wide(c0) -- of the index"))));
        }));
        await manager.ApplyAsync();
        var before = await RowsAsync();
        var script = new List<string>();
        await manager.UninstallAsync("kiosk", new()
        {
            Export = (statement, _) =>
            {
                script.Add(statement);
                return default;
            },
        });
        Assert.Equal(["core", "kioskx_t", "kio\u017Fk_t", "\u212Aiosk_t"], (await host.QueryAsync<string>("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'deploystack%'")).Order(StringComparer.Ordinal), StringComparer.Ordinal);

        var replayed = script.Where(static each => each is not ("BEGIN;" or "COMMIT;" or "PRAGMA foreign_keys=OFF;")).ToList();
        foreach (var each in replayed)
        {
            await ThrowsAsync(DatabaseErrorKind.InvalidSql, () => host.ExecuteBatchAsync([new SqlStatement(each + " nonsense")])); // neither a comment nor the statement is open behind it
            await host.ExecuteBatchAsync([new SqlStatement(each)]);
        }

        Assert.Equal(before, await RowsAsync());
        Assert.Equal("kept", await host.ExecuteScalarAsync<string>("SELECT v FROM core"));

        async Task<List<string>> RowsAsync()
        {
            var rows = new List<string>();
            foreach (var table in await host.QueryAsync<string>("SELECT name FROM sqlite_schema WHERE type IN ('table', 'view', 'index') AND name LIKE 'kiosk\\_%' ESCAPE '\\' ORDER BY name"))
            {
                rows.Add(table);
            }

            rows.AddRange(await host.QueryAsync<string>("SELECT concat_ws('|', c0, c1, c1199) FROM kiosk_wide"));
            rows.AddRange(await host.QueryAsync<string>("SELECT concat_ws('|', hex(\"a'); DROP TABLE core; --\"), typeof(\"a'); DROP TABLE core; --\"), hex([b\"\n])) FROM \"kiosk_\"\"; DROP TABLE core; --\" ORDER BY 1"));
            return rows;
        }
    }

    private async Task<(IDeployStackDatabase Host, IDeployStackDatabase Plugin)?> CreateAsync()
    {
        var services = CreateServices(static builder => PluginWorld.Declare(builder, PluginWorld.First));
        var host = DatabaseOf(services);
        if (!host.Capabilities.Principals)
        {
            await ThrowsAsync(DatabaseErrorKind.NotSupported, () => PluginWorld.ManagerOf(services).ApplyAsync());
            return null;
        }

        await ApplyAsync(host, PluginWorld.Host);
        await PluginWorld.ManagerOf(services).ApplyAsync();
        return (host, PluginWorld.ManagerOf(services).GetDatabase(PluginWorld.Id));
    }
}
