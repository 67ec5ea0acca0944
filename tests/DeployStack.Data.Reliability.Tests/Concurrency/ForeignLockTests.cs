using System.Diagnostics;
using DeployStack.Data.Reliability.Support;

namespace DeployStack.Data.Reliability.Concurrency;

/// <summary>Another process has the write lock.</summary>
public sealed class ForeignLockTests : IAsyncLifetime, IDisposable
{
    private readonly ScenarioFolder _folder = new();

    private string Path => _folder.Database();

    public async Task InitializeAsync()
    {
        await using var database = new TestDatabase(Path);
        await database.Database.ExecuteAsync("CREATE TABLE t (v INTEGER)");
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose()
    {
        _folder.Passed();
        _folder.Dispose();
    }

    [Fact]
    public async Task While_it_is_held_for_three_seconds_all_units_wait_and_none_fails()
    {
        await using var database = new TestDatabase(Path);
        await database.Database.OpenAsync();
        using var holder = HostProcess.Start("hold", Path);
        await holder.ExpectAsync("held");
        var started = Stopwatch.GetTimestamp();
        var units = Enumerable.Range(0, 64).Select(i => i % 8 == 0
            ? database.Database.ExecuteAsync("INSERT INTO t VALUES (1)", options: new WriteOptions { RunOnce = true })
            : database.Database.ExecuteAsync("INSERT INTO t VALUES (1)")).ToArray();

        await Until.TrueAsync(() => database.Engine.GetWriterStatus().ForeignLock > TimeSpan.FromSeconds(3));
        Assert.DoesNotContain(units, static unit => unit.IsCompleted);
        await holder.GoOnAsync();
        await Task.WhenAll(units);

        Assert.True(Stopwatch.GetElapsedTime(started) > TimeSpan.FromSeconds(3));
        Assert.Equal(64, await database.Database.ExecuteScalarAsync<long>("SELECT count(*) FROM t"));
        Assert.Equal(TimeSpan.Zero, database.Engine.GetWriterStatus().ForeignLock);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Beyond_BusyTimeout_the_error_says_that_another_process_has_the_lock(bool alone)
    {
        await using var database = new TestDatabase(Path, static options => options.BusyTimeout = TimeSpan.FromMilliseconds(300));
        await database.Database.OpenAsync();
        using var holder = HostProcess.Start("hold", Path);
        await holder.ExpectAsync("held");
        var started = Stopwatch.GetTimestamp();

        var exception = await Assert.ThrowsAsync<DatabaseException>(() => database.Database.ExecuteAsync("INSERT INTO t VALUES (1)", options: new WriteOptions { Label = "mine", RunOnce = alone }));

        AssertBusy(exception);
        Assert.Contains("BusyTimeout", exception.Message, StringComparison.Ordinal);
        Assert.InRange(Stopwatch.GetElapsedTime(started), TimeSpan.FromMilliseconds(290), TimeSpan.FromSeconds(2 * Scale.Slack));
        await holder.GoOnAsync();
        await database.Database.ExecuteAsync("INSERT INTO t VALUES (2)"); // afterwards all is well
        Assert.Equal([2], await database.Database.QueryAsync<long>("SELECT v FROM t"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Beyond_the_deadline_of_the_unit_too(bool alone)
    {
        await using var database = new TestDatabase(Path);
        await database.Database.OpenAsync();
        using var holder = HostProcess.Start("hold", Path);
        await holder.ExpectAsync("held");
        var patient = database.Database.ExecuteAsync("INSERT INTO t VALUES (2)");

        var exception = await Assert.ThrowsAsync<DatabaseException>(() => database.Database.ExecuteAsync(
            "INSERT INTO t VALUES (1)",
            options: new WriteOptions { Label = "mine", RunOnce = alone, Deadline = TimeSpan.FromMilliseconds(300) }));

        AssertBusy(exception);
        await holder.GoOnAsync();
        await patient; // its own BusyTimeout is 10 s
        Assert.Equal([2], await database.Database.QueryAsync<long>("SELECT v FROM t"));
    }

    [Fact]
    public async Task A_waiting_unit_can_be_cancelled_at_once()
    {
        await using var database = new TestDatabase(Path);
        await database.Database.OpenAsync();
        using var holder = HostProcess.Start("hold", Path);
        await holder.ExpectAsync("held");
        foreach (var alone in (bool[])[false, true])
        {
            var bound = TimeSpan.FromMilliseconds(100) * Scale.Slack;
            var best = await Until.BestAsync(bound, async () =>
            {
                using var source = new CancellationTokenSource();
                var unit = database.Database.ExecuteAsync("INSERT INTO t VALUES (1)", options: new WriteOptions { RunOnce = alone }, cancellationToken: source.Token);
                await Until.TrueAsync(() => database.Engine.GetWriterStatus().ForeignLock > TimeSpan.Zero);
                var started = Stopwatch.GetTimestamp();
                await source.CancelAsync();
                await Assert.ThrowsAnyAsync<OperationCanceledException>(() => unit);
                return Stopwatch.GetElapsedTime(started);
            });
            Assert.InRange(best, TimeSpan.Zero, bound);
        }

        await holder.GoOnAsync();
    }

    private static void AssertBusy(DatabaseException exception)
    {
        Assert.Equal(DatabaseErrorKind.Busy, exception.Kind);
        Assert.True(exception.IsTransient);
        Assert.Equal("mine", exception.Label);
        Assert.True(exception.Holder?.IsOtherProcess);
        Assert.True(exception.Holder?.HeldFor > TimeSpan.Zero);
        Assert.Contains("nother process", exception.Message, StringComparison.Ordinal);
        Assert.Contains("othing was written", exception.Message, StringComparison.Ordinal);
    }
}
