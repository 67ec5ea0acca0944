using Microsoft.Extensions.DependencyInjection;

namespace DeployStack.Data.Sqlite.Tests.Engine;

/// <summary>A database in memory is closed without a thread that waits for its writer.</summary>
public sealed class MemoryClosingTests
{
    private const string Endless = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n";

    [Fact]
    public async Task What_waits_is_served_before_it_closes()
    {
        await using var services = Open();
        var database = services.GetRequiredService<IDeployStackDatabase>();
        await database.ExecuteAsync("CREATE TABLE items (id)");
        var writes = Enumerable.Range(0, 50).Select(id => database.ExecuteAsync("INSERT INTO items VALUES (@id)", new { id })).ToList();
        await database.DisposeAsync();
        Assert.All(await Task.WhenAll(writes), rows => Assert.Equal(1, rows));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => database.ExecuteAsync("DELETE FROM items"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_statement_that_does_not_end_is_stopped_after_DisposeTimeout(bool synchronously)
    {
        await using var services = Open(options => options.DisposeTimeout = TimeSpan.FromMilliseconds(50));
        var database = services.GetRequiredService<IDeployStackDatabase>();
        var endless = database.ExecuteScalarAsync<long>(Endless);
        if (synchronously)
        {
            database.Dispose();
        }
        else
        {
            await database.DisposeAsync();
        }

        await Assert.ThrowsAsync<ObjectDisposedException>(() => endless);
    }

    [Fact]
    public async Task One_that_was_never_opened_closes_at_once()
    {
        await using var services = Open();
        var database = services.GetRequiredService<IDeployStackDatabase>();
        Assert.True(database.DisposeAsync().AsTask().IsCompletedSuccessfully);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => database.OpenAsync());
    }

    [Fact]
    public async Task Disposals_of_both_kinds_at_the_same_time_end_together()
    {
        await using var services = Open();
        var database = services.GetRequiredService<IDeployStackDatabase>();
        await database.OpenAsync();
        await Task.WhenAll(Enumerable.Range(0, 6).Select(i => Task.Run(async () =>
        {
            if (i % 2 == 0)
            {
                database.Dispose();
            }
            else
            {
                await database.DisposeAsync();
            }
        })));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => database.ExecuteScalarAsync<long>("SELECT 1"));
    }

    private static ServiceProvider Open(Action<SqliteOptions>? configure = null)
    {
        var services = new ServiceCollection();
        services.AddDeployStackSqlite(options =>
        {
            options.Path = ":memory:";
            options.Profile = SqliteProfile.Testing;
            configure?.Invoke(options);
        });
        return services.BuildServiceProvider();
    }
}
