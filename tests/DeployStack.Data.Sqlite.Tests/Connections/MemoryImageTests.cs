using DeployStack.Data.Sqlite.Engine;
using Microsoft.Extensions.DependencyInjection;

namespace DeployStack.Data.Sqlite.Tests.Connections;

public sealed class MemoryImageTests
{
    [Fact]
    public async Task A_database_in_memory_begins_with_its_image_and_leaves_the_image_alone()
    {
        await using var origin = Open([]);
        await Database(origin).ExecuteBatchAsync([new("CREATE TABLE items (id)"), new("INSERT INTO items VALUES (1)")]);
        var image = await SerializeAsync(origin);
        var before = image.ToArray();

        await using var copy = Open(image);
        await Database(copy).ExecuteAsync("INSERT INTO items SELECT value FROM json_each('[2,3]')");

        Assert.Equal(3, await Database(copy).ExecuteScalarAsync<long>("SELECT count(*) FROM items"));
        Assert.Equal(1, await Database(origin).ExecuteScalarAsync<long>("SELECT count(*) FROM items"));
        Assert.Equal(before, image);
    }

    [Fact]
    public async Task What_stands_in_the_log_of_a_file_is_in_its_image()
    {
        await using var sqlite = new TemporarySqlite();
        await sqlite.CreateTableAsync();
        Assert.True(new FileInfo(sqlite.Path + "-wal").Length > 0);
        var image = await ((SqliteProvider)sqlite.Engine).SerializeAsync();
        image[18] = image[19] = 1; // in memory there is no WAL

        await using var copy = Open(image);
        Assert.Equal("first", await Database(copy).ExecuteScalarAsync<string>("SELECT name FROM items"));
    }

    [Fact]
    public async Task An_image_that_is_no_database_is_a_typed_error()
    {
        await using var services = Open(Enumerable.Repeat((byte)'x', 4096).ToArray());
        var error = await Assert.ThrowsAsync<DatabaseException>(() => Database(services).OpenAsync());
        Assert.Equal(DatabaseErrorKind.NotADatabase, error.Kind);
    }

    [Fact]
    public async Task The_engine_waits_by_the_clock_of_the_system_where_the_options_say_so()
    {
        var stopped = new Microsoft.Extensions.Time.Testing.FakeTimeProvider();
        await using var services = Open([], stopped);
        var release = new TaskCompletionSource();
        var holds = new TaskCompletionSource();
        var holder = Database(services).WriteAsync(
            async _ =>
            {
                holds.SetResult();
                await release.Task;
            },
            new() { RunOnce = true });
        await holds.Task;
        var error = await Assert.ThrowsAsync<DatabaseException>(() => Database(services).ExecuteAsync("SELECT 1", options: new() { Deadline = TimeSpan.FromMilliseconds(30) }));
        Assert.Equal(DatabaseErrorKind.Timeout, error.Kind);
        release.SetResult();
        await holder;
    }

    private static IDeployStackDatabase Database(ServiceProvider services) => services.GetRequiredService<IDeployStackDatabase>();

    private static Task<byte[]> SerializeAsync(ServiceProvider services) => ((SqliteProvider)services.GetRequiredService<ISqliteEngine>()).SerializeAsync();

    private static ServiceProvider Open(byte[] image, TimeProvider? clock = null)
    {
        var services = new ServiceCollection();
        if (clock is not null)
        {
            services.AddSingleton(clock);
        }

        services.AddDeployStackSqlite(options =>
        {
            options.Path = ":memory:";
            options.Profile = SqliteProfile.Testing;
            options.Image = image;
            options.WaitClock = clock is null ? null : TimeProvider.System;
        });
        return services.BuildServiceProvider();
    }
}
