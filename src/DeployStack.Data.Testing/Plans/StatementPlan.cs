using System.Text;
using DeployStack.Data.Schema;
using DeployStack.Data.Testing.Recording;

namespace DeployStack.Data.Testing.Plans;

/// <summary>A statement and how SQLite would execute it.</summary>
internal sealed class StatementPlan(string sql, QueryPlan plan)
{
    /// <summary>Asks the database; the statement is prepared and not executed.</summary>
    /// <param name="database">A SQLite database.</param>
    /// <param name="sql">One statement.</param>
    /// <param name="parameters">As for the statement itself; where there are none, its parameters are NULL.</param>
    /// <param name="label">The label of the unit.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    /// <exception cref="DatabaseException">The statement is wrong.</exception>
    public static async Task<StatementPlan> ReadAsync(IDeployStackDatabase database, string sql, object? parameters, string label, CancellationToken cancellationToken)
        => new(sql, StatementText.Reads(sql)
            ? await database.ReadAsync(session => QueryPlan.ReadAsync(session, sql, parameters), new() { Label = label }, cancellationToken).ConfigureAwait(false)
            : await database.WriteAsync(session => QueryPlan.ReadAsync(session, sql, parameters), new() { Label = label }, cancellationToken).ConfigureAwait(false));

    public IReadOnlyList<PlanStep> Steps { get; } = [.. plan.AllSteps.Select(static node => new PlanStep(node))];

    /// <summary>The steps that read all rows of a table. Rows that the statement makes itself are none; an alias of them
    /// cannot be told from the alias of a table.</summary>
    public IEnumerable<PlanStep> FullScans()
    {
        var made = Steps.Select(static step => step.Makes).OfType<string>().ToHashSet(StringComparer.OrdinalIgnoreCase);
        return Steps.Where(step => step.ReadsAll && !made.Contains(step.Table!));
    }

    /// <summary>The statement and below it the plan as a tree.</summary>
    /// <param name="marked">The steps that an arrow points at.</param>
    public string Describe(IEnumerable<PlanStep> marked)
    {
        var text = new StringBuilder("  ").AppendJoin(' ', sql.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        Append(text, plan.Steps, "  ", marked.Select(static step => step.Node).ToHashSet(ReferenceEqualityComparer.Instance));
        return text.ToString();
    }

    private static void Append(StringBuilder text, IReadOnlyList<PlanNode> steps, string indent, HashSet<object?> marked)
    {
        foreach (var step in steps)
        {
            var isLast = ReferenceEquals(step, steps[^1]);
            text.Append('\n').Append(indent).Append(isLast ? "└─ " : "├─ ").Append(step.Detail).Append(marked.Contains(step) ? "  ◄" : string.Empty);
            Append(text, step.Steps, indent + (isLast ? "   " : "│  "), marked);
        }
    }
}
