using System.Diagnostics;

namespace DeployStack.Data.Sessions;

/// <summary>How long to wait before an engine is asked again: 10 ms doubled each time, at most 1 s, half of it random so
/// that those who failed together do not come back together.</summary>
internal static class Backoff
{
    private static readonly TimeSpan _first = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan _longest = TimeSpan.FromSeconds(1);

    /// <summary>Waits before another attempt.</summary>
    /// <returns>False if the unit's deadline would pass meanwhile.</returns>
    /// <param name="attempts">Attempts that have failed so far.</param>
    /// <param name="time">Drives the wait.</param>
    /// <param name="deadline">In stopwatch ticks.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public static async Task<bool> WaitAsync(int attempts, TimeProvider time, long deadline, CancellationToken cancellationToken)
    {
        var delay = Delay(attempts, Random.Shared.NextDouble());
        if (deadline != long.MaxValue && Stopwatch.GetTimestamp() + (delay.TotalSeconds * Stopwatch.Frequency) >= deadline)
        {
            return false;
        }

        await Task.Delay(delay, time, cancellationToken).ConfigureAwait(false);
        return true;
    }

    /// <param name="attempts">Attempts that have failed so far.</param>
    /// <param name="random">From 0 to 1.</param>
    public static TimeSpan Delay(int attempts, double random)
    {
        var full = _first * Math.Pow(2, Math.Min(attempts - 1, 20));
        return (full < _longest ? full : _longest) * (0.5 + (random / 2));
    }
}
