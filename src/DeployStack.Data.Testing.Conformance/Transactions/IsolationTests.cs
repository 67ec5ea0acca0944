using Xunit;

namespace DeployStack.Data.Testing.Conformance.Transactions;

/// <summary>What a read sees of the writes around it.</summary>
/// <param name="fixture">The provider under test.</param>
public abstract class IsolationTests(ConformanceFixture fixture) : ConformanceSuite(fixture)
{
    private const string Accounts = "CREATE TABLE account (id INTEGER PRIMARY KEY, balance INTEGER NOT NULL)";
    private const string Fill = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 10) INSERT INTO account SELECT i, 100 FROM n";
    private const string Total = "SELECT sum(balance) FROM account";

    [Fact]
    public async Task All_statements_of_a_read_see_one_state_where_the_engine_has_snapshots()
    {
        var database = await CreateDatabaseAsync(Accounts, Fill);
        Task write = Task.CompletedTask;
        var (before, after) = await database.ReadAsync(async s =>
        {
            var before = await s.ExecuteScalarAsync<long>(Total);
            if (write.IsCompleted)
            {
                write = ApplyOneAsync(database, "INSERT INTO account VALUES ((SELECT max(id) FROM account) + 1, 1)");
            }

            // an engine whose units take turns lets the write wait until the read is over
            await Task.WhenAny(write, Task.Delay(200));
            return (before, await s.ExecuteScalarAsync<long>(Total));
        });
        await write;
        if (database.Capabilities.SnapshotReads)
        {
            Assert.Equal(before, after);
        }
        else
        {
            Assert.True(after > before, "Without snapshots each statement sees its own state.");
        }

        Assert.True(await database.ExecuteScalarAsync<long>(Total) > before);
    }

    [Fact]
    public async Task No_statement_sees_half_of_a_write()
    {
        var database = await CreateDatabaseAsync(Accounts, Fill);
        using var done = new CancellationTokenSource();
        var readers = Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            var reads = 0;
            for (; reads == 0 || !done.IsCancellationRequested; reads++)
            {
                Assert.Equal(1000, await database.ExecuteScalarAsync<long>(Total));
            }

            return reads;
        })).ToArray();
        var random = new Random(11);
        for (var i = 0; i < 100 * TestScale.Amount; i++)
        {
            var (from, to) = (random.Next(1, 11), random.Next(1, 11));
            await database.ExecuteBatchAsync(
            [
                new("UPDATE account SET balance = balance - 7 WHERE id = @from", new { from }),
                new("UPDATE account SET balance = balance + 7 WHERE id = @to", new { to }),
            ]);
        }

        await done.CancelAsync();
        Assert.All(await Task.WhenAll(readers), static reads => Assert.True(reads > 0));
    }

    [Fact]
    public async Task Two_statements_of_a_read_agree_where_the_engine_has_snapshots()
    {
        var database = await CreateDatabaseAsync(Accounts, Fill);
        if (!database.Capabilities.SnapshotReads)
        {
            return; // what is promised instead, the first test asserts
        }

        using var done = new CancellationTokenSource();
        var reader = Task.Run(async () =>
        {
            while (!done.IsCancellationRequested)
            {
                var (lower, upper) = await database.ReadAsync(async s => (
                    await s.ExecuteScalarAsync<long>("SELECT sum(balance) FROM account WHERE id <= 5"),
                    await s.ExecuteScalarAsync<long>("SELECT sum(balance) FROM account WHERE id > 5")));
                Assert.Equal(1000, lower + upper);
            }
        });
        for (var i = 0; i < 200 * TestScale.Amount; i++)
        {
            await database.ExecuteBatchAsync(
            [
                new("UPDATE account SET balance = balance - 1 WHERE id = @id", new { id = (i % 5) + 1 }),
                new("UPDATE account SET balance = balance + 1 WHERE id = @id", new { id = (i % 5) + 6 }),
            ]);
        }

        await done.CancelAsync();
        await reader;
    }

    [Fact]
    public async Task A_read_never_sees_what_is_rolled_back()
    {
        var database = await CreateDatabaseAsync(Accounts, Fill);
        using var done = new CancellationTokenSource();
        var reader = Task.Run(async () =>
        {
            while (!done.IsCancellationRequested)
            {
                Assert.Equal(1000, await database.ExecuteScalarAsync<long>(Total));
            }
        });
        for (var i = 0; i < 50; i++)
        {
            await ThrowsAsync(DatabaseErrorKind.NotNullViolation, () => database.ExecuteBatchAsync(
            [
                new("UPDATE account SET balance = 0"),
                new("UPDATE account SET balance = NULL WHERE id = 10"),
            ]));
        }

        await done.CancelAsync();
        await reader;
    }
}
