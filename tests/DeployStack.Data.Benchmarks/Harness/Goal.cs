namespace DeployStack.Data.Benchmarks.Harness;

/// <summary>What is to be reached, and whether it was.</summary>
/// <param name="What">What is measured, and against what.</param>
/// <param name="Variants">What it takes: the variant and, for a ratio, its peer.</param>
/// <param name="Measure">The figure of each round.</param>
/// <param name="Limit">What the median must reach.</param>
/// <param name="IsFloor">Whether the limit is a least value.</param>
/// <param name="Format">Writes a figure.</param>
internal sealed record Goal(string What, string[] Variants, Func<CaseRun, IEnumerable<double>> Measure, double Limit, bool IsFloor, Func<double, string> Format)
{
    /// <summary>A wish beyond the goal; missing it is no failure.</summary>
    public bool IsStretch { get; init; }

    public string Reach => $"{(IsFloor ? "≥" : "≤")} {Format(Limit)}{(IsStretch ? " (stretch)" : "")}";

    /// <summary>The variant must be so many times faster than its peer.</summary>
    public static Goal Faster(string what, string variant, string peer, double times)
        => new(what, [variant, peer], run => run.Ratios(peer, variant, static sample => sample.Cost), times, true, Text.Times);

    /// <summary>A measure of the variant may be at most so many times its peer's.</summary>
    public static Goal AtMost(string what, string variant, string peer, Func<Sample, double> measure, double times)
        => new(what, [variant, peer], run => run.Ratios(variant, peer, measure), times, false, Text.Times);

    /// <summary>A measure of the variant may be at most so much.</summary>
    public static Goal AtMost(string what, string variant, Func<Sample, double> measure, double limit, Func<double, string> format)
        => new(what, [variant], run => run.Values(variant, measure), limit, false, format);

    /// <summary>The figure and the verdict, as two cells of the table of goals.</summary>
    public (string Measured, string Verdict) Judge(CaseRun run)
    {
        if (Variants.Select(run.WhyAbsent).FirstOrDefault(static why => why is not null) is { } why)
        {
            return ("–", $"not measured: {why}");
        }

        var figure = Statistics.Of(Measure(run));
        var reached = Reaches(figure.Median);
        var sure = Reaches(IsFloor ? figure.LowerQuartile : figure.UpperQuartile) == reached && Reaches(IsFloor ? figure.UpperQuartile : figure.LowerQuartile) == reached;
        var verdict = (reached ? "reached" : "**not reached**") + (sure ? "" : ", the quartiles cross the limit");
        return ($"{Format(figure.Median)} ({Format(figure.LowerQuartile)} to {Format(figure.UpperQuartile)})", verdict);
    }

    private bool Reaches(double figure) => IsFloor ? figure >= Limit : figure <= Limit;
}
