namespace DeployStack.Data.Quickstart.Workload;

/// <summary>How a replay went.</summary>
internal sealed record WorkloadResult
{
    /// <summary>Writes at a pace, as DeployStack makes them.</summary>
    public required IReadOnlyList<OperationResult> Writes { get; init; }

    /// <summary>Writes that the job queue needs besides: claims and reclaims.</summary>
    public required IReadOnlyList<OperationResult> QueueWrites { get; init; }

    public required OperationResult Reads { get; init; }

    public required JobResult Jobs { get; init; }

    /// <summary>From the first write to the acknowledgement of the last one at a pace.</summary>
    public required TimeSpan Elapsed { get; init; }

    /// <summary>Processor time of this process meanwhile.</summary>
    public required TimeSpan Processor { get; init; }

    public required long Commits { get; init; }

    public required double MeanGroup { get; init; }

    public required int LargestGroup { get; init; }

    /// <summary>Latencies of all writes.</summary>
    public required LatencyHistogram WriteLatencies { get; init; }

    public double AskedPerSecond => Writes.Sum(static write => write.AskedPerSecond);

    public double ReachedPerSecond => Writes.Sum(static write => write.ReachedPerSecond);

    public IEnumerable<OperationResult> All => [.. Writes, .. QueueWrites, Reads];

    public long Acknowledged => Writes.Sum(static write => write.Acknowledged);

    public long Found => Writes.Sum(static write => write.Found);

    public int LockErrors => All.Sum(static each => each.Errors.Where(static error => error.Key is DatabaseErrorKind.Busy or DatabaseErrorKind.Locked).Sum(static error => error.Value));

    public int OtherErrors => All.Sum(static each => each.Errors.Values.Sum()) - LockErrors;

    /// <summary>Nothing failed, nothing acknowledged is missing, and no job is left. To be slow is no failure.</summary>
    public bool IsGood => LockErrors == 0 && OtherErrors == 0 && Jobs is { Stuck: 0, Failed: 0 } && Writes.All(static write => write.Found >= write.Acknowledged);
}

/// <param name="Name">As it is shown.</param>
/// <param name="PerMinute">In DeployStack; 0 for what has no pace.</param>
/// <param name="AskedPerSecond">In this replay.</param>
/// <param name="ReachedPerSecond">While the pace was on.</param>
/// <param name="Acknowledged">All of them, also after the pace was over.</param>
/// <param name="Found">What the tables hold of them afterwards.</param>
/// <param name="P50">Half of them took no longer.</param>
/// <param name="P99">99 of 100 took no longer.</param>
/// <param name="Errors">By kind.</param>
/// <param name="ErrorMessage">One of them.</param>
internal sealed record OperationResult(
    string Name,
    double PerMinute,
    double AskedPerSecond,
    double ReachedPerSecond,
    long Acknowledged,
    long Found,
    TimeSpan P50,
    TimeSpan P99,
    IReadOnlyDictionary<DatabaseErrorKind, int> Errors,
    string? ErrorMessage);

/// <param name="OpenAtStart">Left by an earlier run.</param>
/// <param name="Queued">By this run.</param>
/// <param name="Done">Completed, once each.</param>
/// <param name="Abandoned">Whose worker died in the middle.</param>
/// <param name="Reclaimed">Given back when a lease had run out.</param>
/// <param name="Late">That took longer than their lease.</param>
/// <param name="Failed">Tried too often.</param>
/// <param name="Stuck">Neither done nor failed at the end.</param>
internal sealed record JobResult(long OpenAtStart, long Queued, long Done, long Abandoned, long Reclaimed, long Late, long Failed, long Stuck);
