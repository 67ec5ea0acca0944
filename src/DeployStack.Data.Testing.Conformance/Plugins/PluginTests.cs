using DeployStack.Data.Migrations;
using DeployStack.Data.Migrations.Lint;
using DeployStack.Data.Plugins;
using DeployStack.Data.Settings;
using DeployStack.Data.Testing.Conformance.Migrations;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace DeployStack.Data.Testing.Conformance.Plugins;

/// <summary>The life of a plugin: installed, kept, extended, initialised once, taken out with its data.</summary>
/// <param name="fixture">The provider under test.</param>
public abstract class PluginTests(ConformanceFixture fixture) : ConformanceSuite(fixture)
{
    private const string Id = PluginWorld.Id;

    private static readonly (string Name, string Sql) _second = ("0002_more.sql", "ALTER TABLE \"example-plugin_t\" ADD COLUMN extra TEXT;\nCREATE INDEX \"example-plugin_extra\" ON \"example-plugin_t\"(extra);\nALTER TABLE \"example-plugin_log\" RENAME TO \"example-plugin_diary\";\nDROP VIEW \"example-plugin_view\";");

    [Fact]
    public async Task A_plugin_is_installed_once_and_extended_by_new_migrations()
    {
        var host = CreateDatabase();
        if (!await PluginWorld.CanConfineAsync(host))
        {
            return;
        }

        var first = await PluginWorld.Manager(host, PluginWorld.First).ApplyAsync();
        Assert.True(Assert.Single(first).IsInstalled);
        Assert.Equal(["plugin/example-plugin/0001"], first[0].Applied.Select(static each => each.Identity), StringComparer.Ordinal);
        await PluginWorld.Manager(host, PluginWorld.First).GetDatabase(Id).WriteAsync(static s => s.ExecuteAsync("INSERT INTO \"example-plugin_t\" (v) VALUES ('kept')"));

        var again = Assert.Single(await PluginWorld.Manager(host, PluginWorld.First).ApplyAsync());
        Assert.False(again.IsInstalled);
        Assert.Empty(again.Applied);

        var upgraded = PluginWorld.Manager(host, PluginWorld.First, _second);
        var pending = Assert.Single(await upgraded.ListAsync());
        Assert.Equal((PluginState.Pending, "plugin/example-plugin/0002"), (pending.State, Assert.Single(pending.Pending)));
        await upgraded.ApplyAsync();
        Assert.Equal(["one", "two", "kept"], await upgraded.GetDatabase(Id).QueryAsync<string>("SELECT v FROM \"example-plugin_t\" WHERE extra IS NULL ORDER BY id"), StringComparer.Ordinal);
        var status = Assert.Single(await upgraded.ListAsync());
        Assert.Equal(PluginState.Current, status.State);
        Assert.Equal(["example-plugin_child", "example-plugin_diary", "example-plugin_schema", "example-plugin_t", "example-plugin_twin"], status.Tables, StringComparer.Ordinal);
    }

    [Fact]
    public async Task A_plugin_that_drops_and_recreates_at_start_loses_rows_and_migrations_do_not()
    {
        var host = CreateDatabase();
        if (!await PluginWorld.CanConfineAsync(host))
        {
            return;
        }

        await ApplyAsync(host, "CREATE TABLE naive_t (v TEXT)", "INSERT INTO naive_t VALUES ('row')");
        await PluginWorld.Manager(host, PluginWorld.First).ApplyAsync();
        await ApplyAsync(host, "DROP TABLE naive_t", "CREATE TABLE naive_t (v TEXT)"); // a start, the naive way
        await PluginWorld.Manager(host, PluginWorld.First).ApplyAsync(); // a start
        Assert.Equal(0, await host.ExecuteScalarAsync<long>("SELECT count(*) FROM naive_t"));
        Assert.Equal(2, await host.ExecuteScalarAsync<long>("SELECT count(*) FROM \"example-plugin_t\""));
    }

    [Fact]
    public async Task Plugins_and_their_data_survive_a_restart_and_an_unregistered_one_is_left_alone()
    {
        if (!Fixture.KeepsData || !await PluginWorld.CanConfineAsync(CreateDatabase()))
        {
            return;
        }

        var place = CreatePlace();
        var runs = 0;
        void Declare(IDeployStackDataBuilder builder) => builder.AddPlugin(Id, plugin => plugin
            .AddMigrations(Scripts.Source(PluginWorld.First))
            .OnInitialize((db, ct) =>
            {
                runs++;
                return db.WriteAsync(static s => s.ExecuteAsync("INSERT INTO \"example-plugin_t\" (v) VALUES ('initial')"), null, ct);
            }));
        for (var start = 0; start < 3; start++)
        {
            var services = OpenServices(place, Declare);
            var result = Assert.Single(await PluginWorld.ManagerOf(services).ApplyAsync());
            Assert.Equal(start == 0, result.IsInitialized);
            Assert.Equal(3, await PluginWorld.ManagerOf(services).GetDatabase(Id).ExecuteScalarAsync<long>("SELECT count(*) FROM \"example-plugin_t\""));
            await ((IAsyncDisposable)services).DisposeAsync();
        }

        Assert.Equal(1, runs);
        var without = OpenServices(place, static builder => builder.AddPlugin("other", static _ => { }));
        await PluginWorld.ManagerOf(without).ApplyAsync();
        var left = (await PluginWorld.ManagerOf(without).ListAsync()).Single(static each => each.State == PluginState.Unregistered);
        Assert.Equal(Id, left.Id);
        Assert.Contains("example-plugin_t", left.Tables);
        Assert.Equal(3, await DatabaseOf(without).ExecuteScalarAsync<long>("SELECT count(*) FROM \"example-plugin_t\""));
    }

    [Fact]
    public async Task What_a_plugin_made_is_no_drift_of_the_application()
    {
        if (!await PluginWorld.CanConfineAsync(CreateDatabase()))
        {
            return;
        }

        var services = CreateServices(static builder => builder
            .AddMigrations(static options => options.Sources.Add(Scripts.Source(("0001_core.sql", "CREATE TABLE core (x)"))))
            .AddPlugin(Id, static plugin => plugin.AddMigrations(Scripts.Source(PluginWorld.First))));
        var runner = services.GetRequiredService<IMigrationRunner>();
        await runner.ApplyAsync();
        await PluginWorld.ManagerOf(services).ApplyAsync();
        var drift = (await runner.ValidateAsync()).Drift;
        Assert.Empty(drift.Differences);
        Assert.Equal(DatabaseOf(services).Capabilities is { EmptyDatabases: true, SqliteSchema: true }, drift.IsChecked);
    }

    [Fact]
    public async Task An_initialisation_that_fails_runs_again_until_it_completes()
    {
        var host = CreateDatabase();
        if (!await PluginWorld.CanConfineAsync(host))
        {
            return;
        }

        var runs = 0;
        var plugins = new PluginsBuilder().Add(Id, plugin => plugin.AddMigrations(Scripts.Source(PluginWorld.First)).OnInitialize((_, _) => ++runs < 3 ? throw new InvalidOperationException("not yet") : Task.CompletedTask));
        var manager = PluginManagerFactory.Create(host, plugins);
        await Assert.ThrowsAsync<InvalidOperationException>(() => manager.ApplyAsync());
        await Assert.ThrowsAsync<InvalidOperationException>(() => manager.ApplyAsync());
        Assert.Equal(PluginState.Pending, Assert.Single(await manager.ListAsync()).State);
        Assert.True(Assert.Single(await manager.ApplyAsync()).IsInitialized);
        Assert.False(Assert.Single(await manager.ApplyAsync()).IsInitialized);
        Assert.Equal(3, runs);
        Assert.NotNull(Assert.Single(await manager.ListAsync()).InitializedAt);
    }

    [Fact]
    public async Task A_plugin_is_not_installed_over_tables_that_are_there_already()
    {
        var host = CreateDatabase();
        if (!await PluginWorld.CanConfineAsync(host))
        {
            return;
        }

        await ApplyAsync(host, "CREATE TABLE team_members (name TEXT)", "INSERT INTO team_members VALUES ('a')");
        var manager = PluginManagerFactory.Create(host, new PluginsBuilder().Add("TEAM", static _ => { }));
        await ThrowsAsync(DatabaseErrorKind.SchemaMissing, () => manager.GetDatabase("team").QueryAsync<string>("SELECT name FROM team_members"));
        var refused = await ThrowsAsync(DatabaseErrorKind.NotAuthorized, () => manager.ApplyAsync());
        Assert.Contains("'TEAM_'", refused.Message, StringComparison.Ordinal);
        await ThrowsAsync(DatabaseErrorKind.SchemaMissing, () => manager.GetDatabase("team").QueryAsync<string>("SELECT name FROM team_members"));
        Assert.Equal(PluginState.NotInstalled, Assert.Single(await manager.ListAsync()).State);
    }

    [Fact]
    public async Task A_migration_of_a_plugin_that_fails_leaves_the_ones_before()
    {
        var host = CreateDatabase();
        if (!await PluginWorld.CanConfineAsync(host))
        {
            return;
        }

        var error = await ThrowsAsync(DatabaseErrorKind.MigrationFailed, () => PluginWorld.Manager(host, PluginWorld.First, ("0002_bad.sql", "CREATE TABLE \"example-plugin_new\" (x);\nINSERT INTO \"example-plugin_absent\" VALUES (1);")).ApplyAsync());
        Assert.IsType<MigrationException>(Assert.IsType<PluginException>(error).InnerException);
        Assert.Equal(2, await host.ExecuteScalarAsync<long>("SELECT count(*) FROM \"example-plugin_t\""));
        Assert.Equal(0, await host.ExecuteScalarAsync<long>("SELECT count(*) FROM sqlite_schema WHERE name = 'example-plugin_new'"));
        var parent = ("0002_parent.sql", "PRAGMA foreign_keys=OFF;\nDROP TABLE \"example-plugin_child\";\nCREATE TABLE \"example-plugin_child\" (t INTEGER REFERENCES \"example-plugin_t\"(id));\nPRAGMA foreign_key_check;\nPRAGMA foreign_keys=ON;");
        Assert.Single(Assert.Single(await PluginWorld.Manager(host, PluginWorld.First, parent).ApplyAsync()).Applied);
    }

    [Fact]
    public async Task A_migration_class_of_a_plugin_reads_and_writes_as_the_plugin()
    {
        var host = CreateDatabase();
        if (!await PluginWorld.CanConfineAsync(host))
        {
            return;
        }

        await ApplyAsync(host, PluginWorld.Host);
        IPluginManager Manager(string read, string write) => PluginManagerFactory.Create(host, new PluginsBuilder().Add(Id, plugin =>
        {
            plugin.Lint = LintPolicy.Off;
            plugin.AddMigrations(Scripts.Source(PluginWorld.First), MigrationSource.FromMigrations(new CodeMigration(read, write)));
        }));
        var reading = await Assert.ThrowsAsync<PluginException>(() => Manager("SELECT secret FROM core", "SELECT 1").ApplyAsync());
        Assert.Equal(DatabaseErrorKind.NotAuthorized, reading.Kind);
        var writing = await Assert.ThrowsAsync<PluginException>(() => Manager("SELECT 1", "DELETE FROM core").ApplyAsync());
        Assert.Equal(DatabaseErrorKind.NotAuthorized, writing.Kind);
        await Manager("SELECT v FROM \"example-plugin_t\" WHERE id = 2", "CREATE TABLE \"example-plugin_code\" (x)").ApplyAsync();
        Assert.Equal(2, await host.ExecuteScalarAsync<long>("SELECT count(*) FROM core"));
    }

    [Fact]
    public async Task Settings_of_a_plugin_are_its_own_and_nobody_elses()
    {
        var interval = new Setting<int>("example-plugin.interval", 60);
        var port = new Setting<int>("smtp.port", 587);
        static SettingGroup Group(string id, Setting setting) => new(id, id) { Settings = [setting] };
        Assert.Throws<PluginException>(() => new PluginsBuilder().Add(Id, plugin => plugin.AddSettings(Group("smtp", interval))));
        Assert.Throws<PluginException>(() => new PluginsBuilder().Add(Id, plugin => plugin.AddSettings(Group(Id, port))));
        Assert.Throws<PluginException>(() => new PluginsBuilder().Add(Id, plugin => plugin.AddSettings(Group("example-plugin2.x", interval))));

        var services = CreateServices(builder => builder.AddSettings(s => s.Add(Group("smtp", port))).AddPlugin(Id, plugin => plugin.AddSettings(Group(Id, interval))));
        var all = services.GetRequiredService<ISettingsStore>();
        await all.InitializeAsync();
        await all.SetAsync(port, 25);
        var own = PluginWorld.ManagerOf(services).GetSettings(Id);
        await own.SetAsync(interval, 5);
        Assert.Equal((5, 5), (await own.GetAsync(interval), await all.GetAsync(interval)));
        Assert.Single(await own.GetGroupAsync(Id));
        await ThrowsAsync(DatabaseErrorKind.NotAuthorized, async () => await own.SetAsync(port, 1));
        await ThrowsAsync(DatabaseErrorKind.NotAuthorized, async () => await own.GetAsync<int>("smtp.port"));
        await ThrowsAsync(DatabaseErrorKind.NotAuthorized, async () => await own.GetGroupAsync("smtp"));
        await ThrowsAsync(DatabaseErrorKind.NotAuthorized, async () => await own.InitializeAsync());
        Assert.Equal(25, await all.GetAsync(port));
    }

    private sealed class CodeMigration(string read, string write) : IMigration
    {
        public string Name => "0002_code";

        public async Task BuildAsync(MigrationBuilder builder, IDeployStackDatabase database, CancellationToken cancellationToken)
        {
            ArgumentNullException.ThrowIfNull(builder);
            await database.ExecuteScalarAsync<string>(read, cancellationToken: cancellationToken);
            builder.Add(write);
        }
    }
}
