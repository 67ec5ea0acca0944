using System.Globalization;
using System.Text;

namespace DeployStack.Data.Benchmarks.Harness;

/// <summary>The results as Markdown.</summary>
internal static class Report
{
    /// <summary>The page in the working tree that this program was built in.</summary>
    public static string Path { get; } = System.IO.Path.Combine(Root(), "docs", "performance.md");

    public static string Of(IReadOnlyList<CaseRun> runs, BenchmarkOptions options, string node) => $"""
        # Performance

        Written by `dotnet run -c Release --project tests/DeployStack.Data.Benchmarks`; do not edit by hand.
        Only ratios say something about another machine: the absolute figures move with the load of this one by a factor of
        two and more.

        ## Machine and versions

        {Machine.Describe(node)}

        ## Method

        All variants of a case run in one process (those of Node and the cold starts in child processes that sleep between
        their turns). After {options.WarmUps} warm-up rounds come {options.Rounds} rounds; in each, every variant has a turn of about
        {Text.Number(options.Turn.TotalMilliseconds)} ms or a multiple of it, in an order that is rotated from round to round, after a full garbage collection.
        A ratio is the median of the ratios *within* the rounds, in brackets the quartiles of those. Every variant that writes
        has a database file of its own with the same rows, on {Workspace.FileSystem}, and begins its turn with an empty log. Peers get the
        pragmas of the Production profile where they keep a connection, `synchronous` and a busy timeout of 30 s where they
        take one from the pool. Bytes are what the whole process allocated, with the caller's own parameter objects. Nobody
        listens to logs, traces or metrics.

        ## Goals

        {OfGoals(runs)}
        {string.Join("\n", runs.Select(OfCase))}
        """.ReplaceLineEndings("\n").TrimEnd() + "\n";

    public static string OfGoals(IReadOnlyList<CaseRun> runs)
    {
        var text = new StringBuilder("| What | Reach | Measured | |\n|---|---|---|---|\n");
        foreach (var run in runs)
        {
            foreach (var goal in run.Subject.Goals)
            {
                var (measured, verdict) = goal.Judge(run);
                text.Append(CultureInfo.InvariantCulture, $"| {goal.What} | {goal.Reach} | {measured} | {verdict} |\n");
            }
        }

        return text.ToString();
    }

    public static string OfCase(CaseRun run)
    {
        var subject = run.Subject;
        var hasBytes = Has(run, static sample => sample.Bytes);
        var hasLatency = Has(run, static sample => sample.P99);
        var text = new StringBuilder($"## {subject.Title}\n\n{subject.About}\n\n");
        text.Append("| Variant | Time per operation | Speed to the reference |");
        text.Append(hasBytes ? " Allocated |" : "").Append(hasLatency ? $" {subject.LatencyOf}: p50 | p99 | Lock errors |" : "");
        text.Append("\n|---|--:|--:|").Append(hasBytes ? "--:|" : "").Append(hasLatency ? "--:|--:|--:|" : "").Append('\n');
        foreach (var variant in run.Variants)
        {
            if (variant.Absent is { } why)
            {
                text.Append(CultureInfo.InvariantCulture, $"| {variant.Name} | not measured: {why} | |{(hasBytes ? " |" : "")}{(hasLatency ? " | | |" : "")}\n");
                continue;
            }

            double Median(Func<Sample, double> measure) => Statistics.Of(run.Values(variant.Name, measure)).Median;
            text.Append(CultureInfo.InvariantCulture, $"| {variant.Name} | {Text.Time(Median(static sample => sample.Cost))} | {Speed(run, variant)} |");
            text.Append(hasBytes ? $" {Text.Bytes(Median(static sample => sample.Bytes))} |" : "");
            text.Append(hasLatency ? $" {Text.Time(Median(static sample => sample.P50))} | {Text.Time(Median(static sample => sample.P99))} | {LockErrors(run, variant)} |" : "");
            text.Append('\n');
        }

        return text.ToString();
    }

    private static string Speed(CaseRun run, Variant variant)
    {
        if (variant.Name == run.Subject.Reference)
        {
            return "1";
        }

        var ratios = Statistics.Of(run.Ratios(run.Subject.Reference, variant.Name, static sample => sample.Cost));
        return $"{Text.Number(ratios.Median)} ({Text.Number(ratios.LowerQuartile)} to {Text.Number(ratios.UpperQuartile)})";
    }

    private static string LockErrors(CaseRun run, Variant variant)
        => Has(run, variant.Name, static sample => sample.P99) ? Text.Number(run.Values(variant.Name, static sample => sample.LockErrors).Sum()) : "–";

    private static bool Has(CaseRun run, Func<Sample, double> measure) => run.Variants.Any(variant => Has(run, variant.Name, measure));

    private static bool Has(CaseRun run, string variant, Func<Sample, double> measure) => run.Values(variant, measure).Any(static value => !double.IsNaN(value));

    private static string Root()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(System.IO.Path.Combine(folder.FullName, "DeployStack.Data.sln")))
            {
                return folder.FullName;
            }
        }

        return Environment.CurrentDirectory;
    }
}
