using System.Diagnostics;
using Xunit;

namespace DeployStack.Data.Testing.Conformance.Running;

/// <summary>A deadline covers waiting and running, and passing it is an error of its own kind.</summary>
/// <param name="fixture">The provider under test.</param>
public abstract class DeadlineTests(ConformanceFixture fixture) : ConformanceSuite(fixture)
{
    private const string Schema = "CREATE TABLE t (id INTEGER PRIMARY KEY)";
    private const string Count = "SELECT count(*) FROM t";

    private static readonly TimeSpan _deadline = TimeSpan.FromMilliseconds(150);

    [Fact]
    public async Task A_read_that_runs_too_long_times_out()
    {
        var database = await CreateDatabaseAsync(Schema);
        await Slow.BestIsBelowAsync(_deadline + TimeSpan.FromMilliseconds(100), () => TimesOutAsync(
            () => database.ExecuteScalarAsync<long>(Slow.Query, options: new() { Deadline = _deadline, Label = "tested" })));
        Assert.Equal(0, await database.ExecuteScalarAsync<int>(Count));
    }

    [Fact]
    public async Task A_read_that_waits_for_something_else_times_out()
    {
        var database = await CreateDatabaseAsync(Schema);
        var never = new TaskCompletionSource<int>();
        await TimesOutAsync(() => database.ReadAsync(
            async s =>
            {
                await s.ExecuteScalarAsync<long>(Count);
                return await never.Task;
            },
            new ReadOptions { Deadline = _deadline, Label = "tested" }));
        Assert.Equal(0, await database.ExecuteScalarAsync<int>(Count));
    }

    [Fact]
    public async Task A_batch_that_runs_too_long_times_out_and_nothing_of_it_stays()
    {
        var database = await CreateDatabaseAsync(Schema);
        await TimesOutAsync(() => database.ExecuteBatchAsync([new("INSERT INTO t VALUES (1)"), new(Slow.Insert)], new() { Deadline = _deadline, Label = "tested" }));
        Assert.Equal(0, await database.ExecuteScalarAsync<int>(Count));
        await ApplyAsync(database, "INSERT INTO t VALUES (1)");
    }

    [Fact]
    public async Task A_write_that_runs_too_long_times_out_and_nothing_of_it_stays()
    {
        var database = await CreateDatabaseAsync(Schema);
        if (!await CanWriteInteractivelyAsync(database))
        {
            return;
        }

        await TimesOutAsync(() => database.WriteAsync(
            async s =>
            {
                await s.ExecuteAsync("INSERT INTO t VALUES (1)");
                await s.ExecuteAsync(Slow.Insert);
            },
            new WriteOptions { Deadline = _deadline, Label = "tested" }));
        Assert.Equal(0, await database.ExecuteScalarAsync<int>(Count));
        await ApplyAsync(database, "INSERT INTO t VALUES (1)");
    }

    [Fact]
    public async Task A_write_that_waits_too_long_times_out_and_never_runs()
    {
        var database = await CreateDatabaseAsync(Schema);
        if (!await CanWriteInteractivelyAsync(database))
        {
            return;
        }

        var release = new TaskCompletionSource();
        var started = new TaskCompletionSource();
        var holder = database.WriteAsync(
            async s =>
            {
                await s.ExecuteAsync("INSERT INTO t VALUES (1)");
                started.TrySetResult();
                await release.Task;
            },
            new WriteOptions { Label = "holder" });
        await started.Task.WaitAsync(TestScale.Patience);
        var ran = false;
        await TimesOutAsync(() => database.WriteAsync(
            s =>
            {
                ran = true;
                return s.ExecuteAsync("INSERT INTO t VALUES (2)");
            },
            new WriteOptions { Deadline = _deadline, Label = "tested" }));
        Assert.False(ran);
        release.SetResult();
        await holder;
        Assert.Equal([1], await database.QueryAsync<int>("SELECT id FROM t"));
    }

    [Fact]
    public async Task A_deadline_that_is_kept_changes_nothing()
    {
        var database = await CreateDatabaseAsync(Schema);
        await database.ExecuteBatchAsync([new("INSERT INTO t VALUES (1)")], new() { Deadline = TestScale.Patience });
        Assert.Equal(1, await database.ExecuteScalarAsync<int>(Count, options: new() { Deadline = TestScale.Patience }));
        if (await CanWriteInteractivelyAsync(database))
        {
            Assert.Equal(1, await database.WriteAsync(s => s.ExecuteAsync("INSERT INTO t VALUES (2)"), new WriteOptions { Deadline = TestScale.Patience }));
        }
    }

    private static async Task<TimeSpan> TimesOutAsync(Func<Task> action)
    {
        var started = Stopwatch.GetTimestamp();
        var error = await ThrowsAsync(DatabaseErrorKind.Timeout, () => action().WaitAsync(TestScale.Patience));
        var elapsed = Stopwatch.GetElapsedTime(started);
        Assert.True(elapsed >= _deadline - TimeSpan.FromMilliseconds(20), $"It gave up after {elapsed.TotalMilliseconds:F0} ms.");
        Assert.Equal("tested", error.Label);
        Assert.False(error.OutcomeUnknown);
        return elapsed;
    }
}
