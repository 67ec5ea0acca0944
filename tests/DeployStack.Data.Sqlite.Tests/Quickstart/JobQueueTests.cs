using DeployStack.Data.Migrations;
using DeployStack.Data.Quickstart.Workload;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace DeployStack.Data.Sqlite.Tests.Quickstart;

public sealed class JobQueueTests : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("deploystack-jobs-");
    private readonly FakeTimeProvider _time = new();
    private readonly ServiceProvider _services;
    private readonly JobQueue _queue;

    public JobQueueTests()
    {
        var services = new ServiceCollection();
        services.AddDeployStackSqlite(options => options.Path = Path.Combine(_folder.FullName, "jobs.db")).AddMigrations("SampleMigrations");
        _services = services.BuildServiceProvider();
        _queue = new(_services.GetRequiredService<IDeployStackDatabase>(), _time);
    }

    public Task InitializeAsync() => _services.GetRequiredService<IMigrationRunner>().ApplyAsync();

    public async Task DisposeAsync()
    {
        await _services.DisposeAsync();
        _folder.Delete(recursive: true);
    }

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
        _time.Advance(JobQueue.Lease + TimeSpan.FromMilliseconds(1));
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
            _time.Advance(JobQueue.Lease * Math.Pow(2, attempt - 1));
            Assert.Equal(0, await _queue.ReclaimAsync());
            _time.Advance(TimeSpan.FromMilliseconds(1));
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
