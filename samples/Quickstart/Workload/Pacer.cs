using System.Diagnostics;

namespace DeployStack.Data.Quickstart.Workload;

/// <summary>Starts work at a steady rate, whether or not earlier work is done: users do not wait for each other either.</summary>
internal static class Pacer
{
    private static readonly TimeSpan _tick = TimeSpan.FromMilliseconds(5);

    // one second of ticks: where so much waits already, work is left out, and the rate falls short
    private const int MaxPending = 200;

    /// <param name="perSecond">The rate.</param>
    /// <param name="duration">For how long work is started.</param>
    /// <param name="start">Starts the work of one number, counted from 0.</param>
    /// <param name="cancellationToken">Stops starting.</param>
    public static async Task RunAsync(double perSecond, TimeSpan duration, Func<long, Task> start, CancellationToken cancellationToken)
    {
        var pending = new List<Task>();
        var (begin, elapsed, started) = (Stopwatch.GetTimestamp(), TimeSpan.Zero, 0L);
        using var timer = new PeriodicTimer(_tick);
        while (elapsed < duration && await timer.WaitForNextTickAsync(cancellationToken))
        {
            elapsed = Stopwatch.GetElapsedTime(begin);
            pending.RemoveAll(static work => work.IsCompletedSuccessfully);
            var due = (long)(perSecond * Math.Min(elapsed.TotalSeconds, duration.TotalSeconds));
            if (pending.Count < MaxPending)
            {
                var work = new Task[due - started];
                for (var i = 0; i < work.Length; i++)
                {
                    work[i] = start(started + i);
                }

                pending.Add(Task.WhenAll(work));
            }

            started = due;
        }

        await Task.WhenAll(pending);
    }
}
