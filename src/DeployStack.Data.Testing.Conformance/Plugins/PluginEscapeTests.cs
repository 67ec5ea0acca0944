using DeployStack.Data.Plugins;
using Xunit;

namespace DeployStack.Data.Testing.Conformance.Plugins;

/// <summary>A plugin's SQL reaches the plugin's tables and nothing else; each attempt beside its control.</summary>
/// <param name="fixture">The provider under test.</param>
public abstract class PluginEscapeTests(ConformanceFixture fixture) : ConformanceSuite(fixture)
{
    /// <summary>The attempts at run time, by their place in the list.</summary>
    public static TheoryData<int, string> Attempts { get; } = DataOf(PluginEscape.All, static each => each.Sql);

    /// <summary>The attempts in migrations, by their place in the list.</summary>
    public static TheoryData<int, string> MigrationAttempts { get; } = DataOf(PluginMigrationEscape.All, static each => each.Sql);

    [Theory]
    [MemberData(nameof(Attempts))]
    public async Task A_plugin_is_refused_what_is_not_its_own(int place, string sql)
    {
        var services = await CreateAsync();
        if (services is null)
        {
            return;
        }

        var host = DatabaseOf(services);
        var plugin = PluginWorld.ManagerOf(services).GetDatabase(PluginWorld.Id);
        var before = await DatabaseContent.ReadAsync(host);
        var expected = PluginEscape.All[place].Kind;

        var write = await ThrowsAsync(expected, () => plugin.WriteAsync(s => s.ExecuteAsync(sql)));
        var batch = await ThrowsAsync(expected, () => plugin.ExecuteBatchAsync([new SqlStatement(sql)]));
        var read = await ThrowsAsync(expected, () => plugin.QueryAsync<string>(sql));
        var streamed = await ThrowsAsync(expected, () => plugin.ReadAsync(async s =>
        {
            await foreach (var _ in s.StreamAsync<string>(sql))
            {
            }

            return 0;
        }));
        if (expected == DatabaseErrorKind.NotAuthorized && PluginEscape.All[place].HostCan)
        {
            Assert.All([write, batch, read, streamed], static error => Assert.Contains($"The plugin '{PluginWorld.Id}' may not ", error.Message, StringComparison.Ordinal));
        }

        Assert.Equal(before, await DatabaseContent.ReadAsync(host));
        Assert.Equal(2, await plugin.ExecuteScalarAsync<long>("SELECT count(*) FROM \"example-plugin_t\""));
    }

    [Theory]
    [MemberData(nameof(Attempts))]
    public async Task The_host_can_do_the_same(int place, string sql)
    {
        if (await CreateAsync() is { } services && PluginEscape.All[place].HostCan)
        {
            await DatabaseOf(services).ExecuteBatchAsync([new SqlStatement(sql)]);
        }
    }

    [Theory]
    [MemberData(nameof(MigrationAttempts))]
    public async Task A_migration_of_a_plugin_is_refused_what_is_not_its_own(int place, string sql)
    {
        if (!(await CreateAsync() is { } services))
        {
            return;
        }

        var host = DatabaseOf(services);
        var before = await DatabaseContent.ReadAsync(host);
        var plugins = new PluginsBuilder()
            .Add(PluginWorld.Id, plugin =>
            {
                plugin.Lint = Data.Migrations.Lint.LintPolicy.Off; // some would not even pass that
                plugin.AddMigrations(Migrations.Scripts.Source(PluginWorld.First, ("0002_escape.sql", $"CREATE TABLE \"example-plugin_second\" (x);\n{sql};")));
            })
            .Add("other", static _ => { });
        var error = await ThrowsAsync(PluginMigrationEscape.All[place].Kind, () => PluginManagerFactory.Create(host, plugins).ApplyAsync());
        Assert.Equal(PluginWorld.Id, Assert.IsType<PluginException>(error).PluginId);
        Assert.Contains("plugin/example-plugin/0002", error.Message, StringComparison.Ordinal);
        Assert.Equal(before, await DatabaseContent.ReadAsync(host));
    }

    [Theory]
    [MemberData(nameof(MigrationAttempts))]
    public async Task The_host_can_do_the_same_in_a_batch(int place, string sql)
    {
        if (await CreateAsync() is { } services && PluginMigrationEscape.All[place].HostCan)
        {
            await DatabaseOf(services).ExecuteBatchAsync([new SqlStatement(sql)]);
        }
    }

    private static TheoryData<int, string> DataOf<T>(T[] all, Func<T, string> sql)
    {
        var data = new TheoryData<int, string>();
        for (var i = 0; i < all.Length; i++)
        {
            data.Add(i, sql(all[i]));
        }

        return data;
    }

    // Null where the engine cannot confine: then the plugin is refused, and PluginTests says how.
    private async Task<IServiceProvider?> CreateAsync()
    {
        var services = CreateServices(static builder => PluginWorld.Declare(builder, PluginWorld.First));
        var host = DatabaseOf(services);
        if (!host.Capabilities.Principals)
        {
            var refusal = await ThrowsAsync(DatabaseErrorKind.NotSupported, () => PluginWorld.ManagerOf(services).ApplyAsync());
            Assert.Contains(nameof(DatabaseCapabilities.Principals), refusal.Message, StringComparison.Ordinal);
            return null;
        }

        await ApplyAsync(host, PluginWorld.Host);
        await PluginWorld.ManagerOf(services).ApplyAsync();
        return services;
    }
}
