using System.Diagnostics;

namespace DeployStack.Data.Benchmarks.Harness;

/// <summary>One caller that repeats an operation; how often fits into a turn is learnt in the turn before.</summary>
internal static class Repeated
{
    /// <param name="body">Does the operation as often as it is told.</param>
    /// <param name="operationsPerPass">How many operations of the case one pass of the body is (rows of a query).</param>
    public static Func<TimeSpan, Sample> Of(Action<int> body, int operationsPerPass = 1)
    {
        var passes = 1;
        return turn =>
        {
            var sample = Measure(body, passes, operationsPerPass, out var elapsed);
            passes = Next(passes, elapsed, turn);
            return sample;
        };
    }

    /// <inheritdoc cref="Of(Action{int}, int)"/>
    public static Func<TimeSpan, Sample> Of(Func<int, Task> body, int operationsPerPass = 1)
        => Of(passes => body(passes).GetAwaiter().GetResult(), operationsPerPass);

    private static Sample Measure(Action<int> body, int passes, int operationsPerPass, out TimeSpan elapsed)
    {
        var allocated = GC.GetTotalAllocatedBytes(precise: true);
        var start = Stopwatch.GetTimestamp();
        body(passes);
        elapsed = Stopwatch.GetElapsedTime(start);
        var operations = (double)passes * operationsPerPass;
        return new(elapsed.TotalNanoseconds / operations) { Bytes = (GC.GetTotalAllocatedBytes(precise: true) - allocated) / operations };
    }

    private static int Next(int passes, TimeSpan elapsed, TimeSpan turn)
    {
        var fit = passes * (turn / elapsed);
        return (int)Math.Clamp(fit, 1, Math.Min(passes * 50L, 10_000_000));
    }
}
