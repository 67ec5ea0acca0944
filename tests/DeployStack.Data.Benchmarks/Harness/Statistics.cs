namespace DeployStack.Data.Benchmarks.Harness;

/// <summary>The median of some rounds and how far they spread.</summary>
internal sealed record Statistics(double Median, double LowerQuartile, double UpperQuartile, double Min, double Max)
{
    /// <summary>Whether there was anything to count.</summary>
    public bool Exists => !double.IsNaN(Median);

    /// <param name="values">NaN values are left out.</param>
    public static Statistics Of(IEnumerable<double> values)
    {
        var sorted = values.Where(static value => !double.IsNaN(value)).Order().ToArray();
        return sorted.Length == 0
            ? new(double.NaN, double.NaN, double.NaN, double.NaN, double.NaN)
            : new(At(sorted, 0.5), At(sorted, 0.25), At(sorted, 0.75), sorted[0], sorted[^1]);
    }

    private static double At(double[] sorted, double share)
    {
        var place = (sorted.Length - 1) * share;
        var below = (int)place;
        var above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + ((sorted[above] - sorted[below]) * (place - below));
    }
}
