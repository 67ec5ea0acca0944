namespace DeployStack.Data.Quickstart.Report;

/// <summary>A query and the plan that SQLite has for it.</summary>
internal static class PlanReport
{
    /// <returns>Whether every table is searched by an index.</returns>
    public static bool Write(Page page, string sql, IReadOnlyList<PlanStep> plan)
    {
        page.Title("Query plan");
        foreach (var line in sql.Split('\n'))
        {
            page.Text(line.TrimEnd());
        }

        page.Text(string.Empty);
        foreach (var step in plan)
        {
            page.Text($"{new string(' ', 2 * Depth(step, plan))}-> {step.Detail}");
        }

        var scans = plan.Any(static step => step.Detail.StartsWith("SCAN ", StringComparison.Ordinal));
        page.Line("uses indexes only", scans ? "no: a table is read from end to end" : "yes");
        return !scans;
    }

    private static int Depth(PlanStep step, IReadOnlyList<PlanStep> plan)
        => plan.FirstOrDefault(each => each.Id == step.Parent) is { } parent ? 1 + Depth(parent, plan) : 0;

    /// <summary>A row of EXPLAIN QUERY PLAN.</summary>
    internal sealed record PlanStep(long Id, long Parent, string Detail);
}
