namespace DeployStack.Data.Quickstart.Workload;

/// <summary>The time in which work was started at a pace, and what was done at its end.</summary>
/// <param name="Factor">How many times faster than in DeployStack.</param>
/// <param name="Elapsed">To the acknowledgement of the last unit.</param>
/// <param name="Processor">Processor time of this process meanwhile.</param>
/// <param name="Completed">Units completed in that time.</param>
internal sealed record WorkloadPace(double Factor, TimeSpan Elapsed, TimeSpan Processor, IReadOnlyDictionary<Operation, long> Completed)
{
    /// <param name="operation">Its counters are read now.</param>
    /// <param name="found">What the tables hold of it.</param>
    public OperationResult Of(Operation operation, long found = 0) => new(
        operation.Name,
        operation.PerMinute,
        operation.PerMinute / 60 * Factor,
        Completed[operation] / Elapsed.TotalSeconds,
        operation.Completed,
        found,
        operation.Latencies.Percentile(0.5),
        operation.Latencies.Percentile(0.99),
        operation.Errors,
        operation.ErrorMessage);
}
