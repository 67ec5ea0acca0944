namespace DeployStack.Data.Sqlite.Tests.Engine;

/// <summary>A unit that fails on what a neighbour of its group wrote.</summary>
public sealed class GroupFailureTests
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task A_failure_is_told_when_what_it_rests_on_can_be_read()
    {
        await using var sqlite = new TemporarySqlite();
        await sqlite.CreateTableAsync();
        for (var id = 10; id < 15; id++)
        {
            await RaceAsync(sqlite.Database, id); // not only once: the first groups are small, while code is compiled
        }
    }

    private static async Task RaceAsync(IDeployStackDatabase database, int id)
    {
        using var gate = new ManualResetEventSlim();
        using var entered = new ManualResetEventSlim();
        var blocker = Task.Run(() => database.WriteAsync(_ =>
        {
            entered.Set();
            Assert.True(gate.Wait(_patience));
            return default;
        }));
        Assert.True(entered.Wait(_patience));

        // these wait together, so they share one transaction
        var winner = database.ExecuteBatchAsync([new("INSERT INTO items (id, name) VALUES (@id, @name)", new { id, name = $"winner {id}" })]);
        var loser = database.ExecuteBatchAsync([new("INSERT INTO items (id, name) VALUES (@id, 'loser')", new { id }), new("DELETE FROM items")]);
        var seen = Task.Run(async () =>
        {
            var error = await Assert.ThrowsAsync<DatabaseException>(() => loser);
            Assert.Equal(DatabaseErrorKind.UniqueViolation, error.Kind);
            return await database.QueryAsync<string>("SELECT name FROM items WHERE id = @id", new { id });
        });
        var last = database.WriteAsync(_ =>
        {
            seen.Wait(TimeSpan.FromMilliseconds(300)); // keeps the group open as long as a hasty answer would take
            return default;
        });
        gate.Set();

        Assert.Equal([$"winner {id}"], await seen);
        await Task.WhenAll(blocker, winner, last);
    }
}
