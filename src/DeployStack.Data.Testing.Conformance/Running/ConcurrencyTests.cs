using Xunit;

namespace DeployStack.Data.Testing.Conformance.Running;

/// <summary>Many at the same time: right totals, no error of locking.</summary>
/// <param name="fixture">The provider under test.</param>
public abstract class ConcurrencyTests(ConformanceFixture fixture) : ConformanceSuite(fixture)
{
    private const int Workers = 64;
    private const string Schema = "CREATE TABLE counter (id INTEGER PRIMARY KEY, value INTEGER NOT NULL)";
    private const string Fill = "INSERT INTO counter VALUES (1, 0)";
    private const string Value = "SELECT value FROM counter WHERE id = 1";
    private const string Compare = "UPDATE counter SET value = @next WHERE id = 1 AND value = @value";

    private static int Rounds => 10 * TestScale.Amount;

    [Fact]
    public async Task Units_that_read_and_then_write_lose_no_update()
    {
        var database = await CreateDatabaseAsync(Schema, Fill);
        if (!await CanWriteInteractivelyAsync(database))
        {
            return;
        }

        await InParallelAsync(async _ =>
        {
            for (var i = 0; i < Rounds; i++)
            {
                await database.WriteAsync(async s =>
                {
                    var value = await s.ExecuteScalarAsync<long>(Value);
                    await s.ExecuteAsync("UPDATE counter SET value = @next WHERE id = 1", new { next = value + 1 });
                });
            }
        });
        Assert.Equal(Workers * Rounds, await database.ExecuteScalarAsync<int>(Value));
    }

    [Fact]
    public async Task Batches_lose_no_update()
    {
        var database = await CreateDatabaseAsync(Schema, Fill);
        await InParallelAsync(async _ =>
        {
            for (var i = 0; i < Rounds; i++)
            {
                await ApplyAsync(database, "UPDATE counter SET value = value + 1 WHERE id = 1");
            }
        });
        Assert.Equal(Workers * Rounds, await database.ExecuteScalarAsync<int>(Value));
    }

    [Fact]
    public async Task Optimistic_batches_lose_no_update()
    {
        var database = await CreateDatabaseAsync(Schema, Fill);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            for (var i = 0; i < 3; i++)
            {
                await IncrementAsync(database);
            }
        }))).WaitAsync(TestScale.Patience);
        Assert.Equal(24, await database.ExecuteScalarAsync<int>(Value));

        static async Task IncrementAsync(IDeployStackDatabase database)
        {
            while (true)
            {
                var value = await database.ExecuteScalarAsync<long>(Value);
                try
                {
                    await database.ExecuteBatchAsync([new(Compare, new { value, next = value + 1 }) { Expectation = StatementExpectation.Affects(1) }]);
                    return;
                }
                catch (DatabaseException exception) when (exception.Kind == DatabaseErrorKind.ExpectationFailed) // somebody was faster
                {
                }
            }
        }
    }

    [Fact]
    public async Task Readers_and_writers_go_side_by_side()
    {
        var database = await CreateDatabaseAsync(Schema, Fill, "CREATE TABLE log (id INTEGER PRIMARY KEY, worker INTEGER)");
        await InParallelAsync(async worker =>
        {
            for (var i = 0; i < Rounds; i++)
            {
                if (worker % 4 == 0)
                {
                    await ApplyOneAsync(database, "INSERT INTO log(worker) VALUES (@worker)", new { worker });
                    Assert.Equal(i + 1, await database.ExecuteScalarAsync<int>("SELECT count(*) FROM log WHERE worker = @worker", new { worker }));
                }
                else
                {
                    var (count, last) = await database.QuerySingleAsync<(int, int?)>("SELECT count(*), max(id) FROM log");
                    Assert.Equal(count, last ?? 0);
                }
            }
        });
        Assert.Equal(Workers / 4 * Rounds, await database.ExecuteScalarAsync<int>("SELECT count(*) FROM log"));
    }

    [Fact]
    public async Task Many_opening_at_once_open_one_database()
    {
        for (var i = 0; i < 5; i++)
        {
            var database = CreateDatabase();
            await InParallelAsync(async worker =>
            {
                if (worker % 2 == 0)
                {
                    await database.OpenAsync();
                }

                Assert.Equal(1, await database.ExecuteScalarAsync<int>("SELECT 1"));
                await ApplyAsync(database, "CREATE TABLE IF NOT EXISTS t (id INTEGER)", "INSERT INTO t VALUES (1)");
            });
            Assert.Equal(Workers, await database.ExecuteScalarAsync<int>("SELECT count(*) FROM t"));
        }
    }

    private static Task InParallelAsync(Func<int, Task> work)
        => Task.WhenAll(Enumerable.Range(0, Workers).Select(worker => Task.Run(() => work(worker)))).WaitAsync(TestScale.Patience * TestScale.Amount);
}
