using System.Numerics;

namespace DeployStack.Data.Benchmarks.Harness;

/// <summary>Durations in buckets that are 3 % wide: recording allocates nothing.</summary>
internal sealed class Histogram
{
    private const int Parts = 32; // of each power of two

    private readonly long[] _counts = new long[64 * Parts];

    public void Record(long nanoseconds) => _counts[IndexOf(Math.Max(nanoseconds, 0))]++;

    public void Add(Histogram other)
    {
        for (var i = 0; i < _counts.Length; i++)
        {
            _counts[i] += other._counts[i];
        }
    }

    /// <summary>The duration that the given share of all records does not exceed; NaN without records.</summary>
    public double Percentile(double share)
    {
        var rank = (long)Math.Ceiling(_counts.Sum() * share);
        var seen = 0L;
        for (var i = 0; i < _counts.Length && rank > 0; i++)
        {
            seen += _counts[i];
            if (seen >= rank)
            {
                return LowerEnd(i);
            }
        }

        return double.NaN;
    }

    private static int IndexOf(long value)
    {
        if (value < Parts)
        {
            return (int)value;
        }

        var power = 63 - BitOperations.LeadingZeroCount((ulong)value);
        return ((power - 4) * Parts) + (int)((value >> (power - 5)) & (Parts - 1));
    }

    private static double LowerEnd(int index)
        => index < Parts ? index : Math.ScaleB(Parts + (index % Parts), (index / Parts) - 1);
}
