using System.Globalization;
using DeployStack.Data.Quickstart.Workload;

namespace DeployStack.Data.Quickstart.Report;

/// <summary>Asked and reached, latencies, errors, and what became of the jobs.</summary>
internal static class WorkloadReport
{
    public static void WriteTitle(Page page, Arguments arguments)
    {
        var (rate, seconds) = (arguments.Rate.ToString("0.#", CultureInfo.InvariantCulture), arguments.Seconds.ToString("0.#", CultureInfo.InvariantCulture));
        page.Title($"Workload: what made DeployStack leave SQLite, at {rate} times its rate, for {seconds} s");
    }

    public static void Write(Page page, WorkloadResult result)
    {
        page.Table(
            ["each a transaction", ">real/min", ">asked/s", ">reached/s", ">committed", ">p50", ">p99"],
            [
                .. result.Writes.Select(Row),
                ["all of these", Numbers.Text(result.Writes.Sum(static write => write.PerMinute)), Numbers.Text(result.AskedPerSecond), Numbers.Text(result.ReachedPerSecond), Numbers.Text(result.Acknowledged), "", ""],
                .. result.QueueWrites.Select(Row),
                Row(result.Reads),
            ]);
        page.Text(string.Empty);
        page.Line("rate", $"asked {Numbers.Text(result.AskedPerSecond)} writes/s, reached {Numbers.Text(result.ReachedPerSecond)} ({(result.ReachedPerSecond / result.AskedPerSecond).ToString("P1", CultureInfo.InvariantCulture)})");
        page.Line("latency of writes", $"p50 {Numbers.Milliseconds(result.WriteLatencies.Percentile(0.5))}, p99 {Numbers.Milliseconds(result.WriteLatencies.Percentile(0.99))}, from the call to the commit");
        page.Line("latency of reads", $"p50 {Numbers.Milliseconds(result.Reads.P50)}, p99 {Numbers.Milliseconds(result.Reads.P99)}, 4 queries in one snapshot");
        page.Line("group commit", $"{Numbers.Text(result.Commits)} commits, {result.MeanGroup.ToString("N1", CultureInfo.InvariantCulture)} transactions in each, {Numbers.Text(result.LargestGroup)} at most");
        page.Line("processor", $"{(result.Processor / result.Elapsed).ToString("N2", CultureInfo.InvariantCulture)} of {Environment.ProcessorCount} cores");
        page.Line("rows", $"{Numbers.Text(result.Acknowledged)} acknowledged, {Numbers.Text(result.Found)} found");
        page.Line("lock errors", Numbers.Text(result.LockErrors));
        page.Line("other errors", Numbers.Text(result.OtherErrors));
        foreach (var each in result.All.Where(static each => each.Errors.Count > 0))
        {
            page.Line($"  {each.Name}", string.Join(", ", each.Errors.Select(static error => $"{error.Value} {error.Key}")));
            page.Text($"    {each.ErrorMessage}");
        }

        Write(page, result.Jobs);
    }

    private static void Write(Page page, JobResult jobs)
    {
        page.Title($"Job queue: a lease of {Numbers.Text(JobQueue.Lease.TotalMilliseconds)} ms, twice as long at each further attempt");
        page.Line("found open", $"{Numbers.Text(jobs.OpenAtStart)} of an earlier run");
        page.Line("queued", Numbers.Text(jobs.Queued));
        page.Line("done", Numbers.Text(jobs.Done));
        page.Line("abandoned", $"{Numbers.Text(jobs.Abandoned)} whose worker was made to die in the middle");
        page.Line("reclaimed", $"{Numbers.Text(jobs.Reclaimed)} when the lease had run out");
        page.Line("late", $"{Numbers.Text(jobs.Late)} that took longer than the lease and were done again");
        page.Line("failed", Numbers.Text(jobs.Failed));
        page.Line("stuck", Numbers.Text(jobs.Stuck));
    }

    private static string[] Row(OperationResult each) =>
    [
        each.Name,
        each.PerMinute == 0 ? "" : Numbers.Text(each.PerMinute),
        each.PerMinute == 0 ? "" : Numbers.Text(each.AskedPerSecond),
        Numbers.Text(each.ReachedPerSecond),
        Numbers.Text(each.Acknowledged),
        Numbers.Milliseconds(each.P50),
        Numbers.Milliseconds(each.P99),
    ];
}
