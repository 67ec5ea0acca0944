using Xunit;

namespace DeployStack.Data.Testing.Conformance.Transactions;

/// <summary>A unit that writes is one transaction: all of it or nothing, and nobody else's.</summary>
/// <param name="fixture">The provider under test.</param>
public abstract class TransactionTests(ConformanceFixture fixture) : ConformanceSuite(fixture)
{
    private const string Schema = "CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT UNIQUE)";
    private const string Insert = "INSERT INTO t(id, name) VALUES (@id, @name)";
    private const string Ids = "SELECT id FROM t ORDER BY id";

    [Fact]
    public async Task Leaving_by_an_exception_rolls_everything_back()
    {
        var database = await CreateDatabaseAsync(Schema);
        if (!await CanWriteInteractivelyAsync(database))
        {
            return;
        }

        await Assert.ThrowsAsync<InvalidTimeZoneException>(() => database.WriteAsync(async s =>
        {
            await s.ExecuteAsync(Insert, new { id = 1, name = "a" });
            await s.ExecuteAsync("CREATE TABLE other (id INTEGER)");
            throw new InvalidTimeZoneException();
        }));
        Assert.Empty(await database.QueryAsync<long>(Ids));
        await ThrowsAsync(DatabaseErrorKind.SchemaMissing, () => database.QueryAsync<long>("SELECT id FROM other"));
    }

    [Fact]
    public async Task An_error_of_the_database_that_leaves_the_work_rolls_everything_back()
    {
        var database = await CreateDatabaseAsync(Schema, "INSERT INTO t VALUES (1, 'a')");
        if (await CanWriteInteractivelyAsync(database))
        {
            await ThrowsAsync(DatabaseErrorKind.UniqueViolation, () => database.WriteAsync(async s =>
            {
                await s.ExecuteAsync(Insert, new { id = 2, name = "b" });
                await s.ExecuteAsync(Insert, new { id = 3, name = "a" });
            }));
            Assert.Equal([1L], await database.QueryAsync<long>(Ids));
        }
    }

    [Fact]
    public async Task A_statement_that_failed_and_was_caught_had_no_effect_and_the_rest_is_kept()
    {
        var database = await CreateDatabaseAsync(Schema);
        if (!await CanWriteInteractivelyAsync(database))
        {
            return;
        }

        await database.WriteAsync(async s =>
        {
            await s.ExecuteAsync(Insert, new { id = 1, name = "a" });
            await ThrowsAsync(DatabaseErrorKind.UniqueViolation, async () => await s.ExecuteAsync("INSERT INTO t VALUES (2, 'b'), (3, 'a')"));
            await ThrowsAsync(DatabaseErrorKind.InvalidSql, async () => await s.ExecuteAsync("INSERT INTO"));
            await ThrowsAsync(DatabaseErrorKind.ResultShape, async () => await s.QuerySingleAsync<long>("SELECT id FROM t WHERE id = 99"));
            await s.ExecuteAsync(Insert, new { id = 4, name = "d" });
        });
        Assert.Equal([1L, 4L], await database.QueryAsync<long>(Ids));
    }

    [Fact]
    public async Task A_unit_sees_its_own_writes()
    {
        var database = await CreateDatabaseAsync(Schema);
        if (!await CanWriteInteractivelyAsync(database))
        {
            return;
        }

        var seen = await database.WriteAsync(async s =>
        {
            await s.ExecuteAsync(Insert, new { id = 1, name = "a" });
            await s.ExecuteAsync("UPDATE t SET name = 'b' WHERE id = 1");
            return await s.QuerySingleAsync<string>("SELECT name FROM t");
        });
        Assert.Equal("b", seen);
    }

    [Fact]
    public async Task The_rows_affected_are_those_of_the_statement()
    {
        var database = await CreateDatabaseAsync(Schema, "CREATE TABLE log (id INTEGER)", "CREATE TRIGGER r AFTER UPDATE ON t BEGIN INSERT INTO log VALUES (1), (2); END");
        if (!await CanWriteInteractivelyAsync(database))
        {
            return;
        }

        int[] affected = await database.WriteAsync(async s => new[]
        {
            await s.ExecuteAsync("INSERT INTO t VALUES (1, 'a'), (2, 'b'), (3, 'c')"),
            await s.ExecuteAsync("CREATE TABLE other (id INTEGER)"),
            await s.ExecuteAsync("UPDATE t SET name = name || '!' WHERE id > 1"),
            await s.ExecuteAsync("SELECT * FROM t"),
            await s.ExecuteAsync("DELETE FROM t WHERE id = 99"),
            await s.ExecuteAsync("CREATE INDEX i ON t(name)"),
            await s.ExecuteAsync("INSERT OR IGNORE INTO t VALUES (1, 'a')"),
            await s.ExecuteAsync("DROP TABLE other"),
            await s.ExecuteAsync("DELETE FROM t"),
        });
        Assert.Equal([3, 0, 2, 0, 0, 0, 0, 0, 3], affected);
    }

    [Fact]
    public async Task A_committed_unit_is_seen_by_everyone_at_once()
    {
        var database = await CreateDatabaseAsync(Schema);
        if (!await CanWriteInteractivelyAsync(database))
        {
            return;
        }

        for (var i = 1; i <= 50; i++)
        {
            await database.WriteAsync(s => s.ExecuteAsync(Insert, new { id = i, name = $"{i}" }));
            var counts = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => database.ExecuteScalarAsync<int>("SELECT count(*) FROM t")));
            Assert.All(counts, count => Assert.Equal(i, count));
        }
    }

    [Fact]
    public async Task A_failing_unit_among_many_harms_nobody()
    {
        var database = await CreateDatabaseAsync(Schema);
        if (!await CanWriteInteractivelyAsync(database))
        {
            return;
        }

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 64).Select(i => Record.ExceptionAsync(() => database.WriteAsync(async s =>
        {
            await s.ExecuteAsync(Insert, new { id = i, name = $"{i}" });
            await s.ExecuteAsync(Insert, new { id = 1000 + i, name = $"{1000 + i}" });
            switch (i % 8)
            {
                case 3:
                    throw new InvalidTimeZoneException();
                case 5:
                    await s.ExecuteAsync(Insert, new { id = i, name = "again" });
                    break;
            }
        }))));
        for (var i = 0; i < outcomes.Length; i++)
        {
            Assert.Equal(i % 8 is 3 or 5, outcomes[i] is not null);
        }

        Assert.All(outcomes.Where(static e => e is not null), static e => Assert.True(e is InvalidTimeZoneException or DatabaseException { Kind: DatabaseErrorKind.UniqueViolation }, e!.ToString()));
        var expected = Enumerable.Range(0, 64).Where(static i => i % 8 is not (3 or 5)).SelectMany(static i => new[] { i, 1000 + i }).Order();
        Assert.Equal(expected, await database.QueryAsync<int>(Ids));
    }

    [Fact]
    public async Task A_unit_that_awaits_something_else_is_one_transaction_too()
    {
        var database = await CreateDatabaseAsync(Schema);
        if (!await CanWriteInteractivelyAsync(database))
        {
            return;
        }

        await Task.WhenAll(Enumerable.Range(0, 16).Select(i => Record.ExceptionAsync(() => database.WriteAsync(
            async s =>
            {
                await s.ExecuteAsync(Insert, new { id = i, name = $"{i}" });
                await Task.Yield();
                await s.ExecuteAsync(Insert, new { id = 100 + i, name = $"{100 + i}" });
                await Task.Delay(1);
                if (i % 4 == 1)
                {
                    throw new InvalidTimeZoneException();
                }
            },
            new WriteOptions { Label = i % 2 == 0 ? "even" : "odd" }))));
        var expected = Enumerable.Range(0, 16).Where(static i => i % 4 != 1).SelectMany(static i => new[] { i, 100 + i }).Order();
        Assert.Equal(expected, await database.QueryAsync<int>(Ids));
    }

    [Theory]
    [InlineData(Durability.Normal)]
    [InlineData(Durability.Full)]
    public async Task Any_durability_may_be_asked_for(Durability durability)
    {
        var database = await CreateDatabaseAsync(Schema);
        await database.ExecuteBatchAsync([new(Insert, new { id = 1, name = "a" })], new() { Durability = durability });
        Assert.Equal(1, await database.ExecuteAsync(Insert, new { id = 2, name = "b" }, new() { Durability = durability }));
        if (await CanWriteInteractivelyAsync(database))
        {
            await database.WriteAsync(s => s.ExecuteAsync(Insert, new { id = 3, name = "c" }), new() { Durability = durability });
        }

        Assert.Equal(database.Capabilities.InteractiveTransactions ? 3 : 2, (await database.QueryAsync<int>(Ids)).Count);
    }

    [Fact]
    public async Task Run_once_runs_once_whatever_happens_to_the_neighbours()
    {
        var database = await CreateDatabaseAsync(Schema);
        if (!await CanWriteInteractivelyAsync(database))
        {
            await ThrowsAsync(DatabaseErrorKind.NotSupported, () => database.ExecuteAsync(Insert, new { id = 1, name = "a" }, new() { RunOnce = true }));
            return;
        }

        var runs = new int[32];
        await Task.WhenAll(Enumerable.Range(0, 64).Select<int, Task>(i => i % 2 == 0
            ? database.WriteAsync(
                s =>
                {
                    Interlocked.Increment(ref runs[i / 2]);
                    return s.ExecuteAsync(Insert, new { id = i, name = $"{i}" });
                },
                new WriteOptions { RunOnce = true })
            : Record.ExceptionAsync(() => database.WriteAsync(_ => throw new InvalidTimeZoneException()))));
        Assert.All(runs, static count => Assert.Equal(1, count));
        Assert.Equal(32, (await database.QueryAsync<int>(Ids)).Count);
    }
}
