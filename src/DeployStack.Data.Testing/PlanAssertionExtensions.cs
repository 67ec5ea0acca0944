using DeployStack.Data.Testing.Plans;
using DeployStack.Data.Testing.Recording;

namespace DeployStack.Data.Testing;

/// <summary>Assertions on how SQLite would execute a statement. Nothing is executed, so a statement that writes can be asked
/// about as well. They work on a <see cref="TestDatabase"/> and on any other SQLite database.</summary>
/// <remarks>The plan follows from schema and statistics, not from the number of rows: an empty test database shows the plan of
/// a full one, as long as neither was analysed.</remarks>
public static class PlanAssertionExtensions
{
    /// <summary>Demands that the statement reads by an index.</summary>
    /// <param name="database">A SQLite database.</param>
    /// <param name="sql">One statement.</param>
    /// <param name="parameters">As for the statement itself; they may be left out.</param>
    /// <param name="index">The index that must be used, <c>PRIMARY KEY</c> for the table's own. Default
    /// <see langword="null"/>: some index or primary key must be searched, one that SQLite builds for the statement does not
    /// count.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    /// <exception cref="TestAssertionException">It does not; the message shows the plan.</exception>
    /// <exception cref="DatabaseException">The statement is wrong.</exception>
    public static async Task AssertUsesIndexAsync(this IDeployStackDatabase database, string sql, object? parameters = null, string? index = null, CancellationToken cancellationToken = default)
    {
        var plan = await ReadAsync(database, sql, parameters, cancellationToken).ConfigureAwait(false);
        if (index is null ? !plan.Steps.Any(static step => step.Searches && step.Index is not null) : !plan.Steps.Any(step => string.Equals(step.Index, index, StringComparison.OrdinalIgnoreCase)))
        {
            throw Failure(database, $"The statement must {(index is null ? "search an index" : $"use the index {index}")}, and its plan does not:", plan, []);
        }
    }

    /// <summary>Demands that no table is read as a whole: by a SCAN, also along an index, or to build an automatic index.</summary>
    /// <param name="database">A SQLite database.</param>
    /// <param name="sql">One statement.</param>
    /// <param name="parameters">As for the statement itself; they may be left out.</param>
    /// <param name="except">Tables that may be scanned because they stay small, by the name that the statement gives them.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    /// <exception cref="TestAssertionException">One is; the message shows the plan, the scans marked.</exception>
    /// <exception cref="DatabaseException">The statement is wrong.</exception>
    public static async Task AssertNoFullScanAsync(this IDeployStackDatabase database, string sql, object? parameters = null, IEnumerable<string>? except = null, CancellationToken cancellationToken = default)
    {
        var small = (except ?? []).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var plan = await ReadAsync(database, sql, parameters, cancellationToken).ConfigureAwait(false);
        var scans = plan.FullScans().Where(step => !small.Contains(step.Table!)).ToList();
        if (scans.Count > 0)
        {
            throw Failure(database, $"The statement reads {string.Join(", ", scans.Select(static step => step.Table).Distinct(StringComparer.Ordinal))} as a whole. Add an index, or name what stays small in 'except':", plan, scans);
        }
    }

    /// <summary>Demands that the rows come in order out of an index, without a temporary b-tree that sorts or groups them.</summary>
    /// <param name="database">A SQLite database.</param>
    /// <param name="sql">One statement.</param>
    /// <param name="parameters">As for the statement itself; they may be left out.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    /// <exception cref="TestAssertionException">The plan sorts; the message shows it.</exception>
    /// <exception cref="DatabaseException">The statement is wrong.</exception>
    public static async Task AssertNoSortAsync(this IDeployStackDatabase database, string sql, object? parameters = null, CancellationToken cancellationToken = default)
    {
        var plan = await ReadAsync(database, sql, parameters, cancellationToken).ConfigureAwait(false);
        var sorts = plan.Steps.Where(static step => step.Sorts).ToList();
        if (sorts.Count > 0)
        {
            throw Failure(database, "The statement must not sort, and its plan does:", plan, sorts);
        }
    }

    private static Task<StatementPlan> ReadAsync(IDeployStackDatabase database, string sql, object? parameters, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(database);
        ArgumentException.ThrowIfNullOrWhiteSpace(sql);
        return StatementPlan.ReadAsync(database, sql, parameters, SqlRecorder.OwnLabel, cancellationToken);
    }

    private static TestAssertionException Failure(IDeployStackDatabase database, string message, StatementPlan plan, IReadOnlyCollection<PlanStep> marked)
    {
        (database as TestDatabase)?.MarkFailed();
        return new($"{message}\n{plan.Describe(marked)}");
    }
}
