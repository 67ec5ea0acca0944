using System.Text;
using DeployStack.Data.Testing.Recording;

namespace DeployStack.Data.Testing.Plans;

/// <summary>How SQLite would execute a statement.</summary>
internal sealed class QueryPlan(string sql, IReadOnlyList<PlanStep> steps)
{
    /// <summary>Asks the database; the statement is prepared and not executed.</summary>
    /// <param name="database">A SQLite database.</param>
    /// <param name="sql">One statement.</param>
    /// <param name="parameters">As for the statement itself; where there are none, its parameters are NULL.</param>
    /// <param name="label">The label of the unit.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    /// <exception cref="DatabaseException">The statement is wrong.</exception>
    public static async Task<QueryPlan> ReadAsync(IDeployStackDatabase database, string sql, object? parameters, string label, CancellationToken cancellationToken)
    {
        var explain = $"EXPLAIN QUERY PLAN {sql}";
        parameters ??= StatementText.Parameters(sql).ToDictionary(static name => name, static _ => (object?)null, StringComparer.Ordinal);

        // for SQLite, to explain a statement that writes is to write, though nothing is executed
        var rows = StatementText.Reads(sql)
            ? await database.ReadAsync(session => session.QueryAsync<Row>(explain, parameters), new() { Label = label }, cancellationToken).ConfigureAwait(false)
            : await database.WriteAsync(session => session.QueryAsync<Row>(explain, parameters), new() { Label = label }, cancellationToken).ConfigureAwait(false);
        return new(sql, [.. rows.Select(static row => new PlanStep(row.Id, row.Parent, row.Detail))]);
    }

    public IReadOnlyList<PlanStep> Steps => steps;

    /// <summary>The steps that read all rows of a table. Rows that the statement makes itself are none; an alias of them
    /// cannot be told from the alias of a table.</summary>
    public IEnumerable<PlanStep> FullScans()
    {
        var made = steps.Select(static step => step.Makes).OfType<string>().ToHashSet(StringComparer.OrdinalIgnoreCase);
        return steps.Where(step => step.ReadsAll && !made.Contains(step.Table!));
    }

    /// <summary>The statement and below it the plan as a tree.</summary>
    /// <param name="marked">The steps that an arrow points at.</param>
    public string Describe(IReadOnlyCollection<PlanStep> marked)
    {
        var text = new StringBuilder("  ").AppendJoin(' ', sql.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        Append(text, 0, "  ", marked);
        return text.ToString();
    }

    private sealed record Row(long Id, long Parent, string Detail);

    private void Append(StringBuilder text, long parent, string indent, IReadOnlyCollection<PlanStep> marked)
    {
        var children = steps.Where(step => step.Parent == parent).ToList();
        foreach (var step in children)
        {
            var isLast = ReferenceEquals(step, children[^1]);
            text.Append('\n').Append(indent).Append(isLast ? "└─ " : "├─ ").Append(step.Detail).Append(marked.Contains(step) ? "  ◄" : string.Empty);
            Append(text, step.Id, indent + (isLast ? "   " : "│  "), marked);
        }
    }
}
