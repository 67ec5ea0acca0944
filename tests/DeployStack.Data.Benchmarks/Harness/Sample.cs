namespace DeployStack.Data.Benchmarks.Harness;

/// <summary>What one turn of one variant measured; NaN where it was not measured.</summary>
/// <param name="Cost">Nanoseconds per operation: elapsed time by operations done, by all callers together.</param>
internal sealed record Sample(double Cost)
{
    /// <summary>Bytes allocated in the process per operation.</summary>
    public double Bytes { get; init; } = double.NaN;

    /// <summary>Nanoseconds that half of the operations took at most, as their callers saw it.</summary>
    public double P50 { get; init; } = double.NaN;

    /// <summary>Nanoseconds that 99 of 100 operations took at most.</summary>
    public double P99 { get; init; } = double.NaN;

    /// <summary>Operations that failed with SQLITE_BUSY or SQLITE_LOCKED.</summary>
    public long LockErrors { get; init; }
}
