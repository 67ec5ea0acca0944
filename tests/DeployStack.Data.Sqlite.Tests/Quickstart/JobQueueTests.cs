using DeployStack.Data.Quickstart.Workload;
using DeployStack.Data.Testing;

namespace DeployStack.Data.Sqlite.Tests.Quickstart;

public sealed class JobQueueTests : IAsyncLifetime
{
    private static readonly TestDatabaseTemplate _template = TestDatabase.Template(options =>
    {
        options.Configure(builder => builder.AddMigrations("SampleMigrations"));
        options.Sqlite(engine => engine.Profile = SqliteProfile.Production);
        options.OnFile();
    });

    private TestDatabase _db = null!;
    private JobQueue _queue = null!;

    public async Task InitializeAsync()
    {
        _db = await _template.CreateAsync();
        _queue = new(_db, _db.Time);
    }

    public async Task DisposeAsync() => await _db.DisposeAsync();

    [Fact]
    public async Task A_job_is_given_to_one_worker_at_a_time()
    {
        await EnqueueAsync(20);
        var claims = await Task.WhenAll(Enumerable.Range(0, 8).Select(worker => _queue.ClaimAsync($"{worker}", 5)));
        var ids = claims.SelectMany(static jobs => jobs).Select(static job => job.Id).ToList();
        Assert.Equal(20, ids.Count);
        Assert.Equal(20, ids.Distinct().Count());
    }

    [Fact]
    public async Task A_job_whose_lease_ran_out_is_done_by_another_worker_and_only_by_it()
    {
        await EnqueueAsync(1);
        var lost = Assert.Single(await _queue.ClaimAsync("first", 5));
        Assert.Equal(0, await _queue.ReclaimAsync());
        _db.Time.Advance(JobQueue.Lease + TimeSpan.FromMilliseconds(1));
        Assert.Equal(1, await _queue.ReclaimAsync());

        var taken = Assert.Single(await _queue.ClaimAsync("second", 5));
        Assert.Equal((lost.Id, 2), (taken.Id, taken.Attempts));
        Assert.False(await _queue.CompleteAsync(lost, "first"));
        Assert.Equal(1, await _queue.CountOpenAsync());
        Assert.True(await _queue.CompleteAsync(taken, "second"));
        Assert.Equal(0, await _queue.CountOpenAsync());
    }

    [Fact]
    public async Task Each_attempt_has_twice_the_time_and_the_last_one_fails_the_job()
    {
        await EnqueueAsync(1);
        for (var attempt = 1; attempt <= 6; attempt++)
        {
            Assert.Single(await _queue.ClaimAsync("slow", 1));
            _db.Time.Advance(JobQueue.Lease * Math.Pow(2, attempt - 1));
            Assert.Equal(0, await _queue.ReclaimAsync());
            _db.Time.Advance(TimeSpan.FromMilliseconds(1));
            Assert.Equal(1, await _queue.ReclaimAsync());
        }

        Assert.Empty(await _queue.ClaimAsync("slow", 1));
        Assert.Equal(0, await _queue.CountOpenAsync());
    }

    private async Task EnqueueAsync(int count)
    {
        for (var number = 0; number < count; number++)
        {
            await _queue.EnqueueAsync(number);
        }
    }
}
