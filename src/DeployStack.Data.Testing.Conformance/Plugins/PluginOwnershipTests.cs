using Xunit;

namespace DeployStack.Data.Testing.Conformance.Plugins;

/// <summary>Whose rights hold, statement by statement: with shared caches, groups, triggers, awaits and streams.</summary>
/// <param name="fixture">The provider under test.</param>
public abstract class PluginOwnershipTests(ConformanceFixture fixture) : ConformanceSuite(fixture)
{
    private const string Own = "\"example-plugin_t\"";

    [Fact]
    public async Task Ordinary_work_of_a_plugin_succeeds()
    {
        if (await CreateAsync() is not { } world)
        {
            return;
        }

        var plugin = world.Plugin;
        var committed = false;
        await plugin.WriteAsync(async s =>
        {
            Assert.Equal(1, await s.ExecuteAsync($"INSERT INTO {Own} (v) VALUES (@v)", new { v = "three" }));
            Assert.Equal(3, await s.ExecuteScalarAsync<long>("SELECT last_insert_rowid()"));
            Assert.Equal("four", await s.ExecuteScalarAsync<string>($"INSERT INTO {Own} (v) VALUES ('four') RETURNING v"));
            await Assert.ThrowsAsync<InvalidOperationException>(() => s.SavepointAsync(async inner =>
            {
                await inner.ExecuteAsync($"DELETE FROM {Own}");
                throw new InvalidOperationException();
            }).AsTask());
            await s.ExecuteAsync($"INSERT INTO {Own} (id, v) VALUES (4, 'x') ON CONFLICT (id) DO UPDATE SET v = excluded.v || (SELECT count(*) FROM {Own})");
            await s.ExecuteAsync($"UPDATE {Own} SET v = upper(v) FROM (SELECT 3 AS id) AS x WHERE x.id = {Own}.id");
            s.AfterCommit(() => committed = true);
        });
        Assert.True(committed);
        Assert.Equal(["one", "two", "THREE", "x4"], await plugin.QueryAsync<string>($"SELECT v FROM {Own} ORDER BY id"), StringComparer.Ordinal);
        Assert.Equal(2, (await plugin.QueryAsync<string>($"SELECT v FROM {Own} WHERE id IN @ids", new { ids = (int[])[1, 4] })).Count);
        Assert.Equal(3, await plugin.ExecuteScalarAsync<long>("WITH x AS (SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3) SELECT count(*) FROM x"));
        Assert.Equal(55, await plugin.ExecuteScalarAsync<long>("WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r WHERE n < 10) SELECT sum(n) FROM r"));
        Assert.Equal(6, await plugin.ExecuteScalarAsync<long>("SELECT sum(value) FROM json_each('[1,2,3]')"));
        Assert.Equal(3, await plugin.ExecuteScalarAsync<long>("SELECT count(*) FROM json_each('[1,2,3]')"));
        Assert.Equal(4, await plugin.ExecuteScalarAsync<long>("SELECT count(*) FROM \"example-plugin_view\""));
        Assert.Equal(4, await plugin.ExecuteScalarAsync<long>($"SELECT row_number() OVER (ORDER BY id) FROM {Own} ORDER BY 1 DESC"));
        Assert.Equal(3, (await plugin.QueryAsync<string>("SELECT v FROM \"EXAMPLE-PLUGIN_T\" AS x JOIN (SELECT 1 AS one) WHERE x.id > one")).Count);
        Assert.Equal(0, await plugin.ExecuteScalarAsync<long>("PRAGMA table_info(\"example-plugin_t\")")); // its first column
        await plugin.ExecuteBatchAsync([new SqlStatement("INSERT INTO \"example-plugin_child\" (t) VALUES (1)"), new SqlStatement($"DELETE FROM {Own} WHERE id = 1") { Expectation = StatementExpectation.Affects(1) }]);
        Assert.Equal(0, await plugin.ExecuteScalarAsync<long>("SELECT count(*) FROM \"example-plugin_child\""));
        Assert.Equal(["four", "one", "three", "two"], await plugin.QueryAsync<string>("SELECT what FROM \"example-plugin_log\" ORDER BY what"), StringComparer.Ordinal); // its trigger
    }

    [Fact]
    public async Task A_statement_that_the_host_prepared_is_not_the_plugins()
    {
        if (await CreateAsync() is not { } world)
        {
            return;
        }

        for (var round = 0; round < 3; round++)
        {
            const string Read = "SELECT secret FROM core ORDER BY id LIMIT 1";
            const string Write = "UPDATE core SET secret = secret";
            Assert.Equal("the secret", await world.Host.ExecuteScalarAsync<string>(Read));
            Assert.Equal(2, await world.Host.WriteAsync(s => s.ExecuteAsync(Write)));
            await ThrowsAsync(DatabaseErrorKind.NotAuthorized, () => world.Plugin.ExecuteScalarAsync<string>(Read));
            await ThrowsAsync(DatabaseErrorKind.NotAuthorized, () => world.Plugin.WriteAsync(s => s.ExecuteAsync(Write)));

            const string Shared = "SELECT count(*) FROM \"example-plugin_t\"";
            Assert.Equal(2, await world.Plugin.ExecuteScalarAsync<long>(Shared));
            Assert.Equal(2, await world.Host.ExecuteScalarAsync<long>(Shared));
        }
    }

    [Fact]
    public async Task A_prepared_statement_that_SQLite_compiles_again_keeps_its_principal()
    {
        if (await CreateAsync() is not { } world)
        {
            return;
        }

        const string Sql = "SELECT v FROM \"example-plugin_view\" ORDER BY v";
        Assert.Equal("one", await world.Plugin.ExecuteScalarAsync<string>(Sql));

        // the host puts a view on its own table under the same name: the old text means something else now
        await ApplyAsync(world.Host, "DROP VIEW \"example-plugin_view\"", "CREATE VIEW \"example-plugin_view\" AS SELECT secret AS v FROM core");
        await ThrowsAsync(DatabaseErrorKind.NotAuthorized, () => world.Plugin.ExecuteScalarAsync<string>(Sql));
        var error = await ThrowsAsync(DatabaseErrorKind.NotAuthorized, () => world.Host.ExecuteScalarAsync<string>(Sql));
        Assert.Contains("'example-plugin_view'", error.Message, StringComparison.Ordinal);
        Assert.Equal("another", await world.Host.ExecuteScalarAsync<string>("SELECT secret FROM core_view ORDER BY secret"));
    }

    [Fact]
    public async Task Inside_a_trigger_the_rights_of_its_owner_hold_whoever_fires_it()
    {
        if (await CreateAsync() is not { } world)
        {
            return;
        }

        // the host's, fired by the plugin
        await ApplyAsync(world.Host, $"CREATE TRIGGER watch AFTER INSERT ON {Own} BEGIN INSERT INTO core_audit VALUES (new.v); INSERT INTO core (secret) VALUES (new.v); END");
        await world.Plugin.WriteAsync(s => s.ExecuteAsync($"INSERT INTO {Own} (v) VALUES ('fired')"));
        Assert.Equal(["core", "core", "core", "fired"], await world.Host.QueryAsync<string>("SELECT what FROM core_audit ORDER BY what"), StringComparer.Ordinal);

        // the host's name in the plugin's statement opens nothing
        await ThrowsAsync(DatabaseErrorKind.NotAuthorized, () => world.Plugin.WriteAsync(s => s.ExecuteAsync($"WITH watch AS (SELECT secret FROM core) INSERT INTO {Own} (v) SELECT secret FROM watch")));
        await ThrowsAsync(DatabaseErrorKind.NotAuthorized, () => world.Plugin.WriteAsync(s => s.ExecuteAsync($"INSERT INTO {Own} (v) SELECT * FROM (WITH \"WATCH\" AS (SELECT secret FROM core) SELECT * FROM [watch])")));
        await ThrowsAsync(DatabaseErrorKind.NotAuthorized, () => world.Plugin.WriteAsync(s => s.ExecuteAsync($"WITH \uFEFFwatch AS (SELECT secret FROM core) INSERT INTO {Own} (v) SELECT secret FROM \uFEFFwatch"))); // a byte order mark is white space

        // the plugin's, fired by the host: whoever made it, its name says whose it is
        Assert.Equal(1, await world.Host.WriteAsync(s => s.ExecuteAsync($"INSERT INTO {Own} (v) VALUES ('by the host')")));
        await ApplyAsync(world.Host, $"CREATE TRIGGER \"example-plugin_spy\" AFTER INSERT ON {Own} BEGIN INSERT INTO \"example-plugin_log\" SELECT secret FROM core; END");
        var before = await DatabaseContent.ReadAsync(world.Host);
        var error = await ThrowsAsync(DatabaseErrorKind.NotAuthorized, () => world.Host.WriteAsync(s => s.ExecuteAsync($"INSERT INTO {Own} (v) VALUES ('spied')")));
        Assert.Contains("'example-plugin_spy'", error.Message, StringComparison.Ordinal);
        await ThrowsAsync(DatabaseErrorKind.NotAuthorized, () => world.Plugin.WriteAsync(s => s.ExecuteAsync($"INSERT INTO {Own} (v) VALUES ('spied')")));
        Assert.Equal(before, await DatabaseContent.ReadAsync(world.Host));
    }

    [Fact]
    public async Task The_connection_is_not_lent_to_a_plugin()
    {
        if (await CreateAsync() is not { } world)
        {
            return;
        }

        Assert.False(world.Plugin.Capabilities.Connections);
        await ThrowsAsync(DatabaseErrorKind.NotAuthorized, () => world.Plugin.ReadAsync(static s => new ValueTask<string>(s.Connection.ConnectionString)));
        await ThrowsAsync(DatabaseErrorKind.NotAuthorized, () => world.Plugin.WriteAsync(static s => new ValueTask<string>(s.Connection.ConnectionString), new WriteOptions { RunOnce = true }));
        await ThrowsAsync(DatabaseErrorKind.NotAuthorized, () => world.Plugin.ExecuteBatchAsync([new SqlStatement($"DELETE FROM {Own}")], new() { ForeignKeysOff = true }));
        await world.Plugin.DisposeAsync();
        Assert.Equal(2, await world.Host.ExecuteScalarAsync<long>("SELECT count(*) FROM core")); // still open
    }

    [Fact]
    public async Task A_stream_and_a_unit_that_awaits_stay_the_plugins()
    {
        if (await CreateAsync() is not { } world)
        {
            return;
        }

        await world.Plugin.WriteAsync(async s =>
        {
            var rows = 0;
            await foreach (var v in s.StreamAsync<string>($"SELECT v FROM {Own}"))
            {
                await Task.Yield();
                await ThrowsAsync(DatabaseErrorKind.NotAuthorized, () => s.ExecuteScalarAsync<string>("SELECT secret FROM core").AsTask());
                rows += v.Length > 0 ? 1 : 0;
            }

            Assert.Equal(2, rows);
            await Task.Yield();
            await ThrowsAsync(DatabaseErrorKind.NotAuthorized, () => s.ExecuteAsync("DELETE FROM core").AsTask());
        });
        await world.Plugin.ReadAsync(async s =>
        {
            await Task.Yield();
            await ThrowsAsync(DatabaseErrorKind.NotAuthorized, () => s.ExecuteScalarAsync<string>("SELECT secret FROM core").AsTask());
            return await s.ExecuteScalarAsync<long>($"SELECT count(*) FROM {Own}");
        });
        Assert.Equal(2, await world.Host.ExecuteScalarAsync<long>("SELECT count(*) FROM core"));
    }

    [Fact]
    public async Task Units_of_host_and_plugins_that_share_commits_each_keep_their_rights()
    {
        if (await CreateAsync() is not { } world)
        {
            return;
        }

        var refused = 0;
        await Task.WhenAll(Enumerable.Range(0, 300).Select(i => Task.Run(async () =>
        {
            switch (i % 3)
            {
                case 0:
                    await world.Host.WriteAsync(s => s.ExecuteAsync("INSERT INTO core_audit VALUES ('mixed')"));
                    Assert.Equal(2, await world.Host.ExecuteScalarAsync<long>("SELECT count(*) FROM core"));
                    break;
                case 1:
                    await world.Plugin.WriteAsync(s => s.ExecuteAsync("INSERT INTO \"example-plugin_log\" VALUES ('mixed')"));
                    break;
                default:
                    await ThrowsAsync(DatabaseErrorKind.NotAuthorized, () => world.Plugin.WriteAsync(s => s.ExecuteAsync("INSERT INTO core_audit VALUES ('mixed')")));
                    await ThrowsAsync(DatabaseErrorKind.NotAuthorized, () => world.Plugin.ExecuteScalarAsync<long>("SELECT count(*) FROM core"));
                    Interlocked.Increment(ref refused);
                    break;
            }
        })));
        Assert.Equal(100, refused);
        Assert.Equal(100, await world.Host.ExecuteScalarAsync<long>("SELECT count(*) FROM core_audit WHERE what = 'mixed'"));
        Assert.Equal(100, await world.Host.ExecuteScalarAsync<long>("SELECT count(*) FROM \"example-plugin_log\" WHERE what = 'mixed'"));
    }

    [Fact]
    public async Task What_runs_away_is_stopped_by_the_plugins_deadline()
    {
        if (await CreateAsync(TimeSpan.FromMilliseconds(200)) is not { } world)
        {
            return;
        }

        const string Endless = "WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r) SELECT count(*) FROM r";
        await ThrowsAsync(DatabaseErrorKind.Timeout, () => world.Plugin.ExecuteScalarAsync<long>(Endless, null, new ReadOptions { Deadline = TimeSpan.FromHours(1) }));
        await ThrowsAsync(DatabaseErrorKind.Timeout, () => world.Plugin.WriteAsync(s => s.ExecuteAsync($"UPDATE {Own} SET v = ({Endless})")));
        Assert.Equal(2, await world.Host.ExecuteScalarAsync<long>("SELECT count(*) FROM core"));
    }

    private async Task<World?> CreateAsync(TimeSpan? deadline = null)
    {
        var services = CreateServices(builder => builder
            .AddPlugin(PluginWorld.Id, plugin =>
            {
                plugin.Deadline = deadline ?? TimeSpan.FromMinutes(1);
                plugin.AddMigrations(Migrations.Scripts.Source(PluginWorld.First));
            }));
        var host = DatabaseOf(services);
        if (!host.Capabilities.Principals)
        {
            await ThrowsAsync(DatabaseErrorKind.NotSupported, () => PluginWorld.ManagerOf(services).GetDatabase(PluginWorld.Id).ExecuteScalarAsync<long>("SELECT 1"));
            await ThrowsAsync(DatabaseErrorKind.NotSupported, () => PluginWorld.ManagerOf(services).GetDatabase(PluginWorld.Id).ExecuteBatchAsync([new SqlStatement("SELECT 1")]));
            return null;
        }

        await ApplyAsync(host, PluginWorld.Host);
        await PluginWorld.ManagerOf(services).ApplyAsync();
        return new(host, PluginWorld.ManagerOf(services).GetDatabase(PluginWorld.Id));
    }

    private sealed record World(IDeployStackDatabase Host, IDeployStackDatabase Plugin);
}
