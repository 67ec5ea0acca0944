using System.Diagnostics;
using Microsoft.Data.Sqlite;

namespace DeployStack.Data.Benchmarks.Harness;

/// <summary>Many callers at once, each of which begins its next operation when the last one is complete.</summary>
internal static class Callers
{
    /// <summary>Callers of a blocking interface: a thread for each.</summary>
    /// <param name="callers">How many.</param>
    /// <param name="window">How long new operations are begun.</param>
    /// <param name="operationOf">Makes the operation of a caller, by its number.</param>
    public static Sample OnThreads(int callers, TimeSpan window, Func<int, Action> operationOf)
    {
        using var gate = new ManualResetEventSlim();
        using var ready = new CountdownEvent(callers);
        var seats = Enumerable.Range(0, callers).Select(static _ => new Seat()).ToArray();
        var end = 0L;
        var threads = seats.Select((seat, i) =>
        {
            var operation = operationOf(i);
            var thread = new Thread(() =>
            {
                ready.Signal();
                gate.Wait();
                seat.Run(operation, Volatile.Read(ref end));
            });
            thread.Start();
            return thread;
        }).ToArray();
        ready.Wait();
        var allocated = GC.GetTotalAllocatedBytes(precise: true);
        var start = Stopwatch.GetTimestamp();
        Volatile.Write(ref end, start + Ticks(window));
        gate.Set();
        Array.ForEach(threads, static thread => thread.Join());
        return Sum(seats, Stopwatch.GetElapsedTime(start), allocated);
    }

    /// <summary>Callers of an asynchronous interface: a loop for each on the thread pool.</summary>
    /// <inheritdoc cref="OnThreads"/>
    public static Sample OnTasks(int callers, TimeSpan window, Func<int, Func<Task>> operationOf)
    {
        var gate = new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously);
        var seats = Enumerable.Range(0, callers).Select(static _ => new Seat()).ToArray();
        var tasks = seats.Select((seat, i) => seat.RunAsync(operationOf(i), gate.Task)).ToArray();
        var all = Task.WhenAll(tasks);
        var allocated = GC.GetTotalAllocatedBytes(precise: true);
        var start = Stopwatch.GetTimestamp();
        gate.SetResult(start + Ticks(window));
        all.GetAwaiter().GetResult();
        return Sum(seats, Stopwatch.GetElapsedTime(start), allocated);
    }

    private static long Ticks(TimeSpan time) => (long)(time.TotalSeconds * Stopwatch.Frequency);

    private static Sample Sum(Seat[] seats, TimeSpan elapsed, long allocatedBefore)
    {
        var allocated = GC.GetTotalAllocatedBytes(precise: true) - allocatedBefore;
        var latencies = new Histogram();
        Array.ForEach(seats, seat => latencies.Add(seat.Latencies));
        var operations = (double)seats.Sum(static seat => seat.Operations);
        return new(elapsed.TotalNanoseconds / operations)
        {
            Bytes = allocated / operations,
            P50 = latencies.Percentile(0.50),
            P99 = latencies.Percentile(0.99),
            LockErrors = seats.Sum(static seat => seat.LockErrors),
        };
    }

    private sealed class Seat
    {
        public Histogram Latencies { get; } = new();

        public long Operations { get; private set; }

        public long LockErrors { get; private set; }

        public void Run(Action operation, long end)
        {
            for (var now = Stopwatch.GetTimestamp(); now < end;)
            {
                try
                {
                    operation();
                    Operations++;
                }
                catch (Exception exception) when (IsLockError(exception)) // counted; the caller goes on
                {
                    LockErrors++;
                }

                now = Record(now);
            }
        }

        public async Task RunAsync(Func<Task> operation, Task<long> gate)
        {
            var end = await gate;
            for (var now = Stopwatch.GetTimestamp(); now < end;)
            {
                try
                {
                    await operation();
                    Operations++;
                }
                catch (Exception exception) when (IsLockError(exception)) // counted; the caller goes on
                {
                    LockErrors++;
                }

                now = Record(now);
            }
        }

        private long Record(long begun)
        {
            var now = Stopwatch.GetTimestamp();
            Latencies.Record((long)Stopwatch.GetElapsedTime(begun, now).TotalNanoseconds);
            return now;
        }

        private static bool IsLockError(Exception exception) => exception switch
        {
            SqliteException { SqliteErrorCode: 5 or 6 } => true,
            DatabaseException { Kind: DatabaseErrorKind.Busy or DatabaseErrorKind.Timeout } => true,
            { InnerException: { } inner } => IsLockError(inner),
            _ => false,
        };
    }
}
