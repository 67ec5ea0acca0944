using System.Collections.Concurrent;
using System.Diagnostics;

namespace DeployStack.Data.Quickstart.Workload;

/// <summary>One kind of unit of work, how often DeployStack runs it, and how it went.</summary>
/// <param name="name">As it is shown.</param>
/// <param name="perMinute">In DeployStack; 0 for what is not paced.</param>
internal sealed class Operation(string name, double perMinute)
{
    private readonly ConcurrentDictionary<DatabaseErrorKind, int> _errors = [];
    private long _completed;

    public string Name => name;

    public double PerMinute => perMinute;

    public LatencyHistogram Latencies { get; } = new();

    /// <summary>Units whose commit, or result, was acknowledged.</summary>
    public long Completed => Interlocked.Read(ref _completed);

    /// <summary>Units that failed, by kind.</summary>
    public IReadOnlyDictionary<DatabaseErrorKind, int> Errors => _errors;

    /// <summary>The message of one of the errors.</summary>
    public string? ErrorMessage { get; private set; }

    /// <summary>Runs one unit and counts how it went; its latency is from the call to the acknowledgement.</summary>
    /// <returns>What the unit returned; the default where it failed.</returns>
    public async Task<T?> RunAsync<T>(Func<Task<T>> unit)
    {
        var started = Stopwatch.GetTimestamp();
        try
        {
            var result = await unit();
            Latencies.Add(Stopwatch.GetElapsedTime(started));
            Interlocked.Increment(ref _completed);
            return result;
        }
        catch (DatabaseException error) // counted and shown at the end; the workload goes on
        {
            _errors.AddOrUpdate(error.Kind, 1, static (_, count) => count + 1);
            ErrorMessage ??= error.Message;
            return default;
        }
    }
}
