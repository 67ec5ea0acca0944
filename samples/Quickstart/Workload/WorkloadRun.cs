using System.Diagnostics;

namespace DeployStack.Data.Quickstart.Workload;

/// <summary>Replays what made DeployStack leave SQLite: 100 satellites that report, and the job queue.</summary>
/// <remarks>Known are 200 heartbeats and 1,000 tool logs a minute, and up to 200 writes a second in all; how the rest is
/// divided is an assumption. Every write is a unit of work of its own, and awaited: nothing is gathered by hand.</remarks>
internal sealed class WorkloadRun : IDisposable
{
    private const double JobsPerMinute = 1_200;
    private static readonly TimeSpan _standstill = TimeSpan.FromSeconds(10);

    private readonly IDeployStackDatabase _database;
    private readonly JobQueue _queue;
    private readonly JobWorkers _workers;
    private readonly Dashboard _dashboard;
    private readonly Operation _reads = new("dashboard pages", 120);
    private readonly List<(Operation Operation, Func<long, Task<int>> Write, Func<RowCounts, long> Found)> _streams;

    public WorkloadRun(IDeployStackDatabase database, TimeProvider time)
    {
        _database = database;
        _queue = new(database, time);
        _workers = new(_queue, JobsPerMinute);
        _dashboard = new(database, time);
        var reports = new SatelliteReports(database, time);
        _streams =
        [
            (new("heartbeats", 200), reports.HeartbeatAsync, static rows => rows.Heartbeats),
            (new("tool logs", 1_000), reports.ToolLogAsync, static rows => rows.ToolLogs),
            (new("process events", 2_400), reports.ProcessEventAsync, static rows => rows.ProcessEvents),
            (new("metrics", 3_600), reports.MetricsAsync, static rows => rows.Metrics),
            (new("audit entries", 2_400), reports.AuditAsync, static rows => rows.Audits),
            (new("jobs queued", JobsPerMinute), EnqueueAsync, static rows => rows.Jobs),
        ];
    }

    private IEnumerable<Operation> Operations
        => [.. _streams.Select(static stream => stream.Operation), _workers.Completions, _workers.Claims, _workers.Reclaims, _reads];

    public async Task<WorkloadResult> RunAsync(TimeSpan duration, double factor, CancellationToken cancellationToken)
    {
        var openAtStart = await _queue.CountOpenAsync();
        var before = await RowCounts.ReadAsync(_database, cancellationToken);
        using var groups = new GroupSizes();
        using var stop = new CancellationTokenSource();
        var working = _workers.RunAsync(stop.Token);
        WorkloadPace pace;
        try
        {
            await DrainAsync(cancellationToken); // what an earlier run left does not count for this one's rate
            pace = await PaceAsync(duration, factor, cancellationToken);
            await DrainAsync(cancellationToken);
        }
        finally
        {
            await stop.CancelAsync();
            await working;
        }

        var rows = (await RowCounts.ReadAsync(_database, cancellationToken)).Since(before);
        return new()
        {
            Writes = [.. _streams.Select(stream => pace.Of(stream.Operation, stream.Found(rows))), pace.Of(_workers.Completions, rows.JobsCompleted + _workers.Late)],
            QueueWrites = [pace.Of(_workers.Claims), pace.Of(_workers.Reclaims)],
            Reads = pace.Of(_reads),
            Jobs = await JobsAsync(rows, openAtStart),
            Elapsed = pace.Elapsed,
            Processor = pace.Processor,
            Commits = groups.Commits,
            MeanGroup = groups.Mean,
            LargestGroup = groups.Largest,
            WriteLatencies = LatencyHistogram.Combine(Operations.Where(each => each != _reads).Select(static each => each.Latencies)),
        };
    }

    public void Dispose() => _workers.Dispose();

    private async Task<WorkloadPace> PaceAsync(TimeSpan duration, double factor, CancellationToken cancellationToken)
    {
        var before = Operations.ToDictionary(static each => each, static each => each.Completed);
        var processor = Environment.CpuUsage.TotalTime;
        var started = Stopwatch.GetTimestamp();
        await Task.WhenAll(
        [
            .. _streams.Select(stream => PaceAsync(stream.Operation, stream.Write, duration, factor, cancellationToken)),
            PaceAsync(_reads, _dashboard.ReadAsync, duration, factor, cancellationToken),
        ]);
        return new(
            factor,
            Stopwatch.GetElapsedTime(started),
            Environment.CpuUsage.TotalTime - processor,
            Operations.ToDictionary(static each => each, each => each.Completed - before[each]));
    }

    private static Task PaceAsync<T>(Operation operation, Func<long, Task<T>> unit, TimeSpan duration, double factor, CancellationToken cancellationToken)
        => Pacer.RunAsync(operation.PerMinute / 60 * factor, duration, number => operation.RunAsync(() => unit(number)), cancellationToken);

    private async Task<int> EnqueueAsync(long number)
    {
        var rows = await _queue.EnqueueAsync(number);
        _workers.Wake();
        return rows;
    }

    // what dead workers held comes back when its lease has run out; a queue in which nothing moves any more is stuck
    private async Task DrainAsync(CancellationToken cancellationToken)
    {
        var (moved, movedAt) = (0L, Stopwatch.GetTimestamp());
        while (await _queue.CountOpenAsync() > 0 && Stopwatch.GetElapsedTime(movedAt) < _standstill)
        {
            await Task.Delay(20, cancellationToken);
            if (_workers.Completions.Completed + _workers.Reclaimed is var now && now != moved)
            {
                (moved, movedAt) = (now, Stopwatch.GetTimestamp());
            }
        }
    }

    private async Task<JobResult> JobsAsync(RowCounts rows, long openAtStart) => new(
        openAtStart,
        rows.Jobs,
        rows.JobsCompleted,
        _workers.Abandoned,
        _workers.Reclaimed,
        _workers.Late,
        rows.JobsFailed,
        await _queue.CountOpenAsync());
}
