using System.Diagnostics;

namespace DeployStack.Data.Benchmarks.Harness;

/// <summary>One caller that repeats an operation until its turn is over.</summary>
internal static class Repeated
{
    private const int LooksAtTheClock = 32; // in a turn, about

    /// <param name="body">Does the operation as often as it is told.</param>
    /// <param name="operationsPerPass">How many operations of the case one pass of the body is (rows of a query).</param>
    public static Func<TimeSpan, Sample> Of(Action<int> body, int operationsPerPass = 1)
    {
        var chunk = 1; // learnt in the first turns
        return turn =>
        {
            var passes = 0L;
            var allocated = GC.GetTotalAllocatedBytes(precise: true);
            var start = Stopwatch.GetTimestamp();
            var elapsed = TimeSpan.Zero;
            while (elapsed < turn)
            {
                body(chunk);
                passes += chunk;
                var now = Stopwatch.GetElapsedTime(start);
                if (now - elapsed < turn / LooksAtTheClock)
                {
                    chunk *= 2;
                }

                elapsed = now;
            }

            var operations = (double)passes * operationsPerPass;
            return new(elapsed.TotalNanoseconds / operations) { Bytes = (GC.GetTotalAllocatedBytes(precise: true) - allocated) / operations };
        };
    }

    /// <inheritdoc cref="Of(Action{int}, int)"/>
    public static Func<TimeSpan, Sample> Of(Func<int, Task> body, int operationsPerPass = 1)
        => Of(passes => body(passes).GetAwaiter().GetResult(), operationsPerPass);
}
