namespace DeployStack.Data.Schema;

/// <summary>How the engine would execute a query now.</summary>
/// <param name="Steps">The outermost steps, in order.</param>
public sealed record QueryPlan(IReadOnlyList<PlanNode> Steps)
{
    /// <summary>Every step of the tree, from above.</summary>
    public IEnumerable<PlanNode> AllSteps => Flatten(Steps);

    /// <summary>Whether this plan has more full scans, automatic indexes or temporary b-trees than another one of the same
    /// query.</summary>
    /// <param name="other">Usually the plan before a change.</param>
    public bool IsWorseThan(QueryPlan other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Count(PlanVerdict.FullScan) > other.Count(PlanVerdict.FullScan)
            || Count(PlanVerdict.AutomaticIndex) > other.Count(PlanVerdict.AutomaticIndex)
            || Count(PlanVerdict.TemporaryBTree) > other.Count(PlanVerdict.TemporaryBTree);
    }

    /// <summary>The tree as lines, each step below what it belongs to.</summary>
    public override string ToString() => string.Join('\n', Lines(Steps, string.Empty));

    /// <summary>Makes the tree of the rows of <c>EXPLAIN QUERY PLAN</c>.</summary>
    internal static QueryPlan Of(IReadOnlyList<PlanRow> rows) => new(StepsOf(rows, 0));

    /// <summary>Asks for the plan; the statement is prepared and not executed.</summary>
    /// <param name="session">For SQLite, to explain a statement that writes is to write.</param>
    /// <param name="sql">One statement.</param>
    /// <param name="parameters">As for the statement itself; where there are none, its parameters are NULL.</param>
    /// <exception cref="DatabaseException">The engine does not understand the query, or a table is missing.</exception>
    internal static async ValueTask<QueryPlan> ReadAsync(IReadSession session, string sql, object? parameters = null)
        => Of(await session.QueryAsync<PlanRow>("EXPLAIN QUERY PLAN " + sql, parameters ?? Unbound(sql)).ConfigureAwait(false));

    private static List<KeyValuePair<string, object?>> Unbound(string sql)
        => [.. Provider.StatementParameters.Of(sql).Select(static name => KeyValuePair.Create(name[1..], (object?)null))];

    private static List<PlanNode> StepsOf(IReadOnlyList<PlanRow> rows, long parent)
        => [.. rows.Where(row => row.Parent == parent && row.Id != parent).Select(row => new PlanNode(row.Detail, VerdictOf(row.Detail), StepsOf(rows, row.Id)))];

    private static PlanVerdict VerdictOf(string detail)
        => detail.Contains(" USING AUTOMATIC ", StringComparison.Ordinal) ? PlanVerdict.AutomaticIndex
            : detail.StartsWith("USE TEMP B-TREE", StringComparison.Ordinal) ? PlanVerdict.TemporaryBTree
            : detail.StartsWith("SCAN ", StringComparison.Ordinal) && !IsHarmless(detail) ? PlanVerdict.FullScan
            : PlanVerdict.Fine;

    // one row, a module's own business, or the rows of a subquery, whose own steps are judged
    private static bool IsHarmless(string detail)
        => detail.StartsWith("SCAN CONSTANT ROW", StringComparison.Ordinal)
            || detail.StartsWith("SCAN (", StringComparison.Ordinal)
            || detail.Contains(" VIRTUAL TABLE ", StringComparison.Ordinal);

    private static IEnumerable<PlanNode> Flatten(IEnumerable<PlanNode> steps) => steps.SelectMany(static step => Flatten(step.Steps).Prepend(step));

    private static IEnumerable<string> Lines(IEnumerable<PlanNode> steps, string indent)
        => steps.SelectMany(step => Lines(step.Steps, indent + "  ").Prepend(indent + step.Detail + (step.Verdict == PlanVerdict.Fine ? string.Empty : $" [{step.Verdict}]")));

    private int Count(PlanVerdict verdict) => AllSteps.Count(step => step.Verdict == verdict);
}
