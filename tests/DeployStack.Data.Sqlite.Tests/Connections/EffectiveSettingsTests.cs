namespace DeployStack.Data.Sqlite.Tests.Connections;

public sealed class EffectiveSettingsTests
{
    [Theory]
    [InlineData(SqliteProfile.Production)]
    [InlineData(SqliteProfile.Development)]
    [InlineData(SqliteProfile.Durable)]
    [InlineData(SqliteProfile.Testing)]
    public async Task Everything_asked_for_is_in_force(SqliteProfile profile)
    {
        await using var sqlite = new TemporarySqlite(options => options.Profile = profile);
        await sqlite.CreateTableAsync();
        await sqlite.Database.ExecuteScalarAsync<long>("SELECT count(*) FROM items");
        await (await sqlite.DataSource.OpenConnectionAsync()).DisposeAsync();

        var settings = await sqlite.Engine.GetEffectiveSettingsAsync();

        Assert.Equal(["writer", "reader", "lent"], settings.Select(setting => setting.Connection).Distinct());
        Assert.All(settings, setting => Assert.True(setting.IsAsAsked, setting.ToString()));
        Assert.Contains(settings, setting => setting is { Connection: "writer", Name: "journal_mode", Got: "wal" });
        Assert.Contains(settings, setting => setting is { Connection: "reader", Name: "query_only", Got: "1" });
        Assert.All(["writer", "reader", "lent"], connection => Assert.Contains(settings, setting => setting.Connection == connection && setting is { Name: "defensive", Got: "1" }));
        Assert.All(["writer", "reader", "lent"], connection => Assert.Contains(settings, setting => setting.Connection == connection && setting is { Name: "limit_attached", Got: "0" }));
    }

    [Fact]
    public async Task A_setting_that_SQLite_did_not_take_is_reported()
    {
        await using var sqlite = new TemporarySqlite(options => options.Pragmas.PageSize = 8_192);
        await sqlite.CreateTableAsync();
        await using var again = new TemporarySqlite(options =>
        {
            options.Path = sqlite.Path;
            options.Pragmas.PageSize = 1_024; // the file keeps the size it was created with
        });

        var settings = await again.Engine.GetEffectiveSettingsAsync();

        var size = Assert.Single(settings, setting => setting.Name == "page_size");
        Assert.Equal(("1024", "8192", false), (size.Asked, size.Got, size.IsAsAsked));
    }

    [Fact]
    public async Task A_pragma_that_a_unit_set_does_not_reach_the_next_unit()
    {
        await using var sqlite = new TemporarySqlite();
        await sqlite.CreateTableAsync();

        await sqlite.Database.WriteAsync(async s =>
        {
            await s.QueryAsync<long>("PRAGMA cache_size=-77");
            await s.QueryAsync<long>("PRAGMA recursive_triggers=1");
            await s.ExecuteAsync("CREATE TEMP TABLE left_behind (id INTEGER)");
        });

        Assert.Equal(-4_000, await sqlite.Database.WriteAsync(s => s.ExecuteScalarAsync<long>("PRAGMA cache_size")));
        Assert.Equal(0, await sqlite.Database.WriteAsync(s => s.ExecuteScalarAsync<long>("PRAGMA recursive_triggers")));
        Assert.Equal(0, await sqlite.Database.WriteAsync(s => s.ExecuteScalarAsync<long>("SELECT count(*) FROM temp.sqlite_schema")));
    }

    [Fact]
    public async Task Full_durability_is_in_force_after_a_unit_that_changed_pragmas()
    {
        await using var sqlite = new TemporarySqlite();
        await sqlite.CreateTableAsync();
        var full = new WriteOptions { Durability = Durability.Full };
        Assert.Equal(2, await sqlite.Database.WriteAsync(s => s.ExecuteScalarAsync<long>("PRAGMA synchronous"), full));
        Assert.Equal(2, await sqlite.Database.WriteAsync(s => s.ExecuteScalarAsync<long>("PRAGMA synchronous"), full));
        Assert.Equal(1, await sqlite.Database.WriteAsync(s => s.ExecuteScalarAsync<long>("PRAGMA synchronous")));
    }

    [Fact]
    public async Task The_hook_sees_each_new_connection()
    {
        var opened = 0;
        await using var sqlite = new TemporarySqlite(options => options.OnConnectionOpened = connection =>
        {
            connection.CreateFunction("twice", (long value) => value * 2);
            Interlocked.Increment(ref opened);
        });
        await sqlite.CreateTableAsync();

        Assert.Equal(42, await sqlite.Database.ExecuteScalarAsync<long>("SELECT twice(21)"));
        Assert.Equal(2, opened);
    }
}
