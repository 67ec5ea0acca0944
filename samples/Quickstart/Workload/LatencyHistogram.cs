using System.Numerics;

namespace DeployStack.Data.Quickstart.Workload;

/// <summary>Counts latencies in buckets that are 3 % wide, so that a long run needs no more memory than a short one.</summary>
internal sealed class LatencyHistogram
{
    private const int Steps = 32; // buckets for each doubling

    private readonly long[] _counts = new long[60 * Steps];

    public long Count => _counts.Sum();

    /// <summary>May be called from many threads at once.</summary>
    public void Add(TimeSpan latency) => Interlocked.Increment(ref _counts[Bucket((ulong)Math.Max(0, latency.TotalMicroseconds))]);

    /// <returns>The latency that <paramref name="share"/> of all did not exceed; zero where there were none.</returns>
    public TimeSpan Percentile(double share)
    {
        var wanted = (long)Math.Ceiling(Count * share);
        var seen = 0L;
        for (var bucket = 0; bucket < _counts.Length; bucket++)
        {
            seen += _counts[bucket];
            if (seen >= wanted && seen > 0)
            {
                return TimeSpan.FromMicroseconds(UpperEdge(bucket));
            }
        }

        return TimeSpan.Zero;
    }

    public static LatencyHistogram Combine(IEnumerable<LatencyHistogram> parts)
    {
        var all = new LatencyHistogram();
        foreach (var part in parts)
        {
            for (var bucket = 0; bucket < all._counts.Length; bucket++)
            {
                all._counts[bucket] += part._counts[bucket];
            }
        }

        return all;
    }

    private static int Bucket(ulong microseconds)
    {
        if (microseconds < Steps)
        {
            return (int)microseconds;
        }

        var shift = BitOperations.Log2(microseconds / Steps);
        return ((shift + 1) * Steps) + (int)((microseconds >> shift) % Steps);
    }

    private static double UpperEdge(int bucket)
        => bucket < Steps ? bucket + 1 : (double)((ulong)(Steps + (bucket % Steps) + 1) << ((bucket / Steps) - 1));
}
