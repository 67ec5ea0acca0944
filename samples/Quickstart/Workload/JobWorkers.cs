namespace DeployStack.Data.Quickstart.Workload;

/// <summary>Workers that take jobs from the queue, and the one who gives back what dead workers held.</summary>
/// <param name="queue">Where the jobs are.</param>
/// <param name="jobsPerMinute">How many jobs DeployStack queues.</param>
internal sealed class JobWorkers(JobQueue queue, double jobsPerMinute) : IDisposable
{
    private const int Workers = 4;
    private const int JobsPerClaim = 32;
    private const int OneInDies = 50;

    private static readonly TimeSpan _idle = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan _reclaimEvery = TimeSpan.FromMilliseconds(100);

    // another process may work on the same queue
    private readonly string _process = $"{Environment.MachineName}/{Environment.ProcessId}";
    private readonly SemaphoreSlim _work = new(0);
    private long _abandoned;
    private long _late;
    private long _reclaimed;

    public Operation Claims { get; } = new("job claims", 0);

    public Operation Completions { get; } = new("jobs done", jobsPerMinute);

    public Operation Reclaims { get; } = new("job reclaims", 0);

    /// <summary>Jobs whose worker "died" in the middle: it does nothing more, and its lease stays in the table.</summary>
    public long Abandoned => Interlocked.Read(ref _abandoned);

    /// <summary>Jobs that took longer than their lease, so that their worker could not complete them.</summary>
    public long Late => Interlocked.Read(ref _late);

    /// <summary>Jobs given back when their lease had run out.</summary>
    public long Reclaimed => Interlocked.Read(ref _reclaimed);

    /// <summary>Tells a worker that is idle that there is a job.</summary>
    public void Wake()
    {
        if (_work.CurrentCount < Workers)
        {
            _work.Release();
        }
    }

    /// <summary>Works until <paramref name="stop"/> is set; no exception tells so.</summary>
    public Task RunAsync(CancellationToken stop)
        => Task.WhenAll(Enumerable.Range(1, Workers).Select(number => WorkAsync($"{_process}/{number}", stop)).Append(ReclaimAsync(stop)));

    public void Dispose() => _work.Dispose();

    private async Task WorkAsync(string worker, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            var jobs = await Claims.RunAsync(() => queue.ClaimAsync(worker, JobsPerClaim));
            if (jobs is { Count: > 0 })
            {
                await Task.WhenAll(jobs.Select(job => ProcessAsync(job, worker)));
            }
            else
            {
                await _work.WaitAsync(_idle, CancellationToken.None);
            }
        }
    }

    private async Task ProcessAsync(JobQueue.Job job, string worker)
    {
        if (job.Attempts == 1 && job.Id % OneInDies == 0)
        {
            Interlocked.Increment(ref _abandoned);
            return;
        }

        await Completions.RunAsync(async () =>
        {
            var isOurs = await queue.CompleteAsync(job, worker);
            Interlocked.Add(ref _late, isOurs ? 0 : 1);
            return isOurs;
        });
    }

    private async Task ReclaimAsync(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(_reclaimEvery);
        while (!stop.IsCancellationRequested && await timer.WaitForNextTickAsync(CancellationToken.None))
        {
            Interlocked.Add(ref _reclaimed, await Reclaims.RunAsync(queue.ReclaimAsync));
        }
    }
}
