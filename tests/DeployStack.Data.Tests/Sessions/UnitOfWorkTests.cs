using DeployStack.Data.Provider;
using DeployStack.Data.Sessions;
using DeployStack.Data.Tests.Fakes;

namespace DeployStack.Data.Tests.Sessions;

public sealed class UnitOfWorkTests
{
    private readonly List<UnitOfWork> _units = [];

    [Fact]
    public async Task A_unit_ends_once()
    {
        var task = Submit<int>(database => database.ReadAsync(static _ => ValueTask.FromResult(7)), out var unit);
        await unit.RunAsync(new FakeSession(static sql => new FakeCommand(sql)));
        Assert.False(unit.IsEnded);
        Assert.True(unit.Succeed());
        Assert.True(unit.IsEnded);
        Assert.False(unit.Succeed());
        Assert.False(unit.Fail(new InvalidTimeZoneException()));
        Assert.Equal(7, await task);
    }

    [Fact]
    public async Task A_cancellation_cancels_the_task_with_its_token()
    {
        using var source = new CancellationTokenSource();
        var task = Submit<int>(database => database.ReadAsync(static _ => ValueTask.FromResult(7)), out var unit);
        Assert.True(unit.Fail(new OperationCanceledException(source.Token)));
        Assert.True(task.IsCanceled);
        Assert.Equal(source.Token, (await Assert.ThrowsAnyAsync<OperationCanceledException>(() => task)).CancellationToken);
    }

    [Fact]
    public async Task A_run_that_was_given_up_cannot_use_its_session_and_its_end_changes_nothing()
    {
        var first = new TaskCompletionSource<int>();
        var sessions = new List<IReadSession>();
        var task = Submit<int>(
            database => database.ReadAsync(async s =>
            {
                sessions.Add(s);
                return sessions.Count == 1 ? await first.Task : 2;
            }),
            out var unit);
        var late = unit.RunAsync(new FakeSession(static sql => new FakeCommand(sql)));
        unit.Abandon();
        Assert.Equal(DatabaseErrorKind.SessionMisuse, (await Assert.ThrowsAsync<DatabaseException>(async () => await sessions[0].QueryAsync<int>("SELECT 1"))).Kind);
        await unit.RunAsync(new FakeSession(static sql => new FakeCommand(sql)));
        first.SetResult(1);
        await late;
        unit.Succeed();
        Assert.Equal(2, await task);
    }

    [Fact]
    public void A_unit_tells_what_the_caller_wants()
    {
        _ = Submit<int>(
            database => database.WriteAsync(static _ => ValueTask.FromResult(1), new WriteOptions { Label = "save", RunOnce = true, Durability = Durability.Full, Deadline = TimeSpan.FromHours(1) }),
            out var write);
        Assert.Equal((true, "save", true, Durability.Full), (write.IsWrite, write.Label, write.RunOnce, write.Durability));
        Assert.InRange(write.DeadlineTimestamp - write.Submitted, 3599 * System.Diagnostics.Stopwatch.Frequency, 3601 * System.Diagnostics.Stopwatch.Frequency);
        _ = Submit<int>(database => database.ReadAsync(static _ => ValueTask.FromResult(1)), out var read);
        Assert.Equal((false, null, false, null, long.MaxValue), (read.IsWrite, read.Label, read.RunOnce, read.Durability, read.DeadlineTimestamp));
        Assert.False(write.IsOneStatement || read.IsOneStatement);
    }

    [Fact]
    public void The_one_line_forms_are_known_to_be_one_statement_and_known_by_their_text()
    {
        _ = Submit<long>(database => database.ExecuteScalarAsync<long>("SELECT 1"), out var read);
        _ = Submit<int>(database => database.ExecuteAsync("DELETE FROM t"), out var write);
        Assert.True(read.IsOneStatement && write.IsOneStatement);
        Assert.Equal(("SELECT 1", "DELETE FROM t"), (read.CallSite, write.CallSite));
    }

    [Fact]
    public void Units_from_one_place_in_the_code_have_one_call_site()
    {
        var sites = Enumerable.Range(0, 3).Select(i =>
        {
            _ = Submit<int>(database => database.ReadAsync(_ => ValueTask.FromResult(i)), out var unit);
            return unit.CallSite;
        }).ToList();
        Assert.Single(sites.Distinct());
        _ = Submit<int>(database => database.ReadAsync(static _ => ValueTask.FromResult(1)), out var one);
        _ = Submit<int>(database => database.ReadAsync(static _ => ValueTask.FromResult(2)), out var two);
        Assert.NotEqual(one.CallSite, two.CallSite);
        Assert.DoesNotContain(one.CallSite, sites);
    }

    [Fact]
    public async Task An_outcome_that_comes_while_it_is_awaited_is_never_lost()
    {
        for (var i = 0; i < 2_000; i++)
        {
            var unit = new Ending { Result = i };
            var setting = Task.Run(() => unit.Outcome.Set(i));
            var waiting = Task.Run(() => unit.Outcome.GetTask(ref unit.Result));
            await setting;
            Assert.Equal(i, await waiting.WaitAsync(TimeSpan.FromSeconds(10)));
        }
    }

    private Task<T> Submit<T>(Func<IDeployStackDatabase, Task<T>> call, out UnitOfWork unit)
    {
        var task = call(DatabaseFactory.Create(new Collecting(_units)));
        unit = _units[^1];
        return task;
    }

    private sealed class Ending
    {
        public Outcome<int> Outcome;
        public int Result;
    }

    private sealed class Collecting(List<UnitOfWork> units) : DatabaseProvider
    {
        public override DatabaseCapabilities Capabilities { get; } = new() { SystemName = "fake", InteractiveTransactions = true, SnapshotReads = true, MaxParameters = 10 };

        public override string DatabaseNamespace => "fake.db";

        public override Task OpenAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public override void Submit(UnitOfWork unit) => units.Add(unit);

        public override Task<BatchResult> ExecuteBatchAsync(Batch batch, CancellationToken cancellationToken) => throw new NotSupportedException();

        public override ValueTask DisposeAsync() => default;

        public override void Dispose()
        {
        }
    }
}
