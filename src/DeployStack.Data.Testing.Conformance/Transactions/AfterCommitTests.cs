using System.Collections.Concurrent;
using Xunit;

namespace DeployStack.Data.Testing.Conformance.Transactions;

/// <summary>Actions that run after COMMIT: once, before the unit completes, and never after a rollback.</summary>
/// <param name="fixture">The provider under test.</param>
public abstract class AfterCommitTests(ConformanceFixture fixture) : ConformanceSuite(fixture)
{
    private const string Schema = "CREATE TABLE t (id INTEGER PRIMARY KEY)";
    private const string Insert = "INSERT INTO t(id) VALUES (@id)";
    private const string Count = "SELECT count(*) FROM t";

    [Fact]
    public async Task Actions_run_in_order_before_the_unit_completes_and_on_the_thread_pool()
    {
        var database = await CreateDatabaseAsync(Schema);
        if (!await CanWriteInteractivelyAsync(database))
        {
            return;
        }

        List<string> ran = [];
        await database.WriteAsync(async s =>
        {
            s.AfterCommit(() => ran.Add($"first {Thread.CurrentThread.IsThreadPoolThread}"));
            await s.ExecuteAsync(Insert, new { id = 1 });
            s.AfterCommit(() => ran.Add("second"));
        });
        Assert.Equal(["first True", "second"], ran);
    }

    [Fact]
    public async Task An_action_sees_the_committed_data()
    {
        var database = await CreateDatabaseAsync(Schema);
        if (!await CanWriteInteractivelyAsync(database))
        {
            return;
        }

        Task<long>? seen = null;
        await database.WriteAsync(async s =>
        {
            await s.ExecuteAsync(Insert, new { id = 1 });
            s.AfterCommit(() => seen = database.ExecuteScalarAsync<long>(Count));
        });
        Assert.Equal(1, await seen!);
    }

    [Fact]
    public async Task No_action_runs_after_a_rollback()
    {
        var database = await CreateDatabaseAsync(Schema);
        if (!await CanWriteInteractivelyAsync(database))
        {
            return;
        }

        var ran = false;
        await Assert.ThrowsAsync<InvalidTimeZoneException>(() => database.WriteAsync(s =>
        {
            s.AfterCommit(() => ran = true);
            throw new InvalidTimeZoneException();
        }));
        await ThrowsAsync(DatabaseErrorKind.UniqueViolation, () => database.WriteAsync(async s =>
        {
            s.AfterCommit(() => ran = true);
            await s.ExecuteAsync("INSERT INTO t(id) VALUES (1), (1)");
        }));
        Assert.False(ran);
    }

    [Fact]
    public async Task An_action_that_throws_changes_nothing_of_the_outcome()
    {
        var database = await CreateDatabaseAsync(Schema);
        if (!await CanWriteInteractivelyAsync(database))
        {
            return;
        }

        var ran = false;
        var result = await database.WriteAsync(async s =>
        {
            s.AfterCommit(static () => throw new InvalidTimeZoneException());
            s.AfterCommit(() => ran = true);
            return await s.ExecuteAsync(Insert, new { id = 1 });
        });
        Assert.Equal((1, true), (result, ran));
        Assert.Equal(1, await database.ExecuteScalarAsync<long>(Count));
    }

    [Fact]
    public async Task Each_action_runs_once_even_where_neighbours_fail()
    {
        var database = await CreateDatabaseAsync(Schema);
        if (!await CanWriteInteractivelyAsync(database))
        {
            return;
        }

        ConcurrentBag<int> ran = [];
        await Task.WhenAll(Enumerable.Range(0, 64).Select(i => Record.ExceptionAsync(() => database.WriteAsync(async s =>
        {
            s.AfterCommit(() => ran.Add(i));
            await s.ExecuteAsync(Insert, new { id = i });
            if (i % 5 == 0)
            {
                throw new InvalidTimeZoneException();
            }
        }))));
        Assert.Equal(Enumerable.Range(0, 64).Where(static i => i % 5 != 0), ran.Order());
        Assert.Equal(ran.Count, await database.ExecuteScalarAsync<int>(Count));
    }
}
