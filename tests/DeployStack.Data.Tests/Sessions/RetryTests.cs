using DeployStack.Data.Sessions;
using DeployStack.Data.Tests.Fakes;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Time.Testing;

namespace DeployStack.Data.Tests.Sessions;

public sealed class RetryTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly FakeLogger _logger = new();

    [Fact]
    public async Task A_transient_failure_is_tried_again_after_a_pause()
    {
        var provider = new FakeProvider { Attempts = 4, Ending = static run => run < 3 ? Busy() : null };
        var task = Create(provider).WriteAsync(static _ => ValueTask.FromResult("done"), new WriteOptions { Label = "save" });
        Assert.Equal(1, provider.Runs);
        Assert.False(task.IsCompleted);
        Advance(4);
        Assert.Equal(1, provider.Runs);
        Advance(6);
        await ReachAsync(() => provider.Runs == 2);
        Advance(20);
        await ReachAsync(() => provider.Runs == 3);
        Assert.Equal("done", await task);
        var logged = _logger.Collector.GetSnapshot().Where(static record => record.Id.Id == 1003).ToList();
        Assert.Equal(2, logged.Count);
        Assert.Equal("database_rerun", logged[0].GetStructuredStateValue("Operation"));
        Assert.Equal(("1", "Busy", "save"), (logged[0].GetStructuredStateValue("Attempt"), logged[0].GetStructuredStateValue("Kind"), logged[0].GetStructuredStateValue("Label")));
    }

    [Fact]
    public async Task The_last_attempt_gives_its_own_error()
    {
        var provider = new FakeProvider { Attempts = 3, Ending = static run => Busy($"attempt {run}") };
        var task = Create(provider).WriteAsync(static _ => default);
        await AdvanceUntilAsync(task);
        var error = await Assert.ThrowsAsync<DatabaseException>(() => task);
        Assert.Equal(("attempt 3", 3), (error.Message, provider.Runs));
    }

    [Fact]
    public async Task What_a_repetition_cannot_cure_is_not_repeated()
    {
        DatabaseException[] errors =
        [
            new(DatabaseErrorKind.UniqueViolation, "x"),
            new(DatabaseErrorKind.Busy, "x") { OutcomeUnknown = true },
            new(DatabaseErrorKind.Busy, "x") { RetryCanSucceed = false },
        ];
        foreach (var expected in errors)
        {
            var provider = new FakeProvider { Attempts = 5, Ending = _ => expected };
            Assert.Same(expected, await Assert.ThrowsAsync<DatabaseException>(() => Create(provider).WriteAsync(static _ => default)));
            Assert.Equal(1, provider.Runs);
        }
    }

    [Fact]
    public async Task An_outcome_that_is_unknown_is_never_tried_again_even_if_it_is_called_transient()
    {
        var provider = new FakeProvider { Attempts = 5, Ending = static _ => new DatabaseException(DatabaseErrorKind.StorageIo, "x") { OutcomeUnknown = true, RetryCanSucceed = true } };
        await Assert.ThrowsAsync<DatabaseException>(() => Create(provider).WriteAsync(static _ => default));
        await Assert.ThrowsAsync<DatabaseException>(() => Create(provider).ExecuteBatchAsync([new("INSERT")]));
        Assert.Equal(2, provider.Runs);
    }

    [Fact]
    public async Task Run_once_runs_once()
    {
        var provider = new FakeProvider { Attempts = 5, Ending = static _ => Busy() };
        await Assert.ThrowsAsync<DatabaseException>(() => Create(provider).WriteAsync(static _ => default, new WriteOptions { RunOnce = true }));
        Assert.Equal(1, provider.Runs);
    }

    [Fact]
    public async Task A_token_ends_the_pause()
    {
        using var source = new CancellationTokenSource();
        var provider = new FakeProvider { Attempts = 5, Ending = static _ => Busy() };
        var task = Create(provider).ReadAsync(static _ => ValueTask.FromResult(1), cancellationToken: source.Token);
        await source.CancelAsync();
        var cancelled = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => task);
        Assert.Equal(source.Token, cancelled.CancellationToken);
        Assert.Equal(1, provider.Runs);
    }

    [Fact]
    public async Task A_pause_that_would_outlast_the_deadline_is_not_begun()
    {
        var provider = new FakeProvider { Attempts = 5, Ending = static _ => Busy() };
        var options = new ReadOptions { Deadline = TimeSpan.FromMilliseconds(1) };
        var error = await Assert.ThrowsAsync<DatabaseException>(() => Create(provider).ReadAsync(static _ => ValueTask.FromResult(1), options));
        Assert.Equal((DatabaseErrorKind.Busy, 1), (error.Kind, provider.Runs));
        await Assert.ThrowsAsync<DatabaseException>(() => Create(provider).ExecuteBatchAsync([new("INSERT")], new() { Deadline = options.Deadline }));
        Assert.Equal(2, provider.Runs);
    }

    [Fact]
    public async Task A_batch_is_tried_again_as_a_whole()
    {
        var provider = new FakeProvider
        {
            Attempts = 3,
            Ending = static run => run < 3 ? Busy() : null,
            Commands = static sql => new FakeCommand(sql) { RowsAffected = 2 },
        };
        var task = Create(provider).ExecuteBatchAsync([new("INSERT"), new("UPDATE")]);
        await AdvanceUntilAsync(task);
        Assert.Equal([2, 2], (await task).RowsAffected);
        Assert.Equal(3, provider.Runs);
    }

    [Fact]
    public async Task The_result_is_that_of_the_last_run()
    {
        var runs = 0;
        var provider = new FakeProvider { Attempts = 3, Ending = static run => run < 3 ? Busy() : null };
        var callbacks = new List<int>();
        var task = Create(provider).WriteAsync(s =>
        {
            var run = ++runs;
            s.AfterCommit(() => callbacks.Add(run));
            return ValueTask.FromResult(run);
        });
        await AdvanceUntilAsync(task);
        Assert.Equal(3, await task);
        Assert.Equal([3], callbacks);
    }

    [Theory]
    [InlineData(1, 0, 5)]
    [InlineData(1, 1, 10)]
    [InlineData(2, 0, 10)]
    [InlineData(3, 1, 40)]
    [InlineData(7, 1, 640)]
    [InlineData(8, 1, 1000)]
    [InlineData(1000, 0, 500)]
    [InlineData(int.MaxValue, 1, 1000)]
    public void Pauses_double_up_to_a_second_and_half_of_each_is_random(int attempts, double random, double milliseconds)
        => Assert.Equal(milliseconds, Backoff.Delay(attempts, random).TotalMilliseconds);

    private static DatabaseException Busy(string message = "busy") => new(DatabaseErrorKind.Busy, message);

    private static async Task ReachAsync(Func<bool> condition)
    {
        for (var i = 0; i < 1000 && !condition(); i++)
        {
            await Task.Delay(5);
        }

        Assert.True(condition());
    }

    private IDeployStackDatabase Create(FakeProvider provider) => DatabaseFactory.Create(provider, new() { Logger = _logger, Time = _time });

    private void Advance(int milliseconds) => _time.Advance(TimeSpan.FromMilliseconds(milliseconds));

    private Task AdvanceUntilAsync(Task task) => ReachAsync(() =>
    {
        Advance(100);
        return task.IsCompleted;
    });
}
