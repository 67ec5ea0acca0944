using DeployStack.Data.Schema;

namespace DeployStack.Data.Migrations.Rehearsal;

/// <summary>The plan of a query before and after the migrations.</summary>
/// <param name="Sql">As it stands in <see cref="RehearsalOptions.Queries"/>.</param>
/// <param name="Before">Its plan on the live database; <see langword="null"/> where it cannot run there, for example
/// because a migration creates the table, or because it is no query.</param>
/// <param name="After">Its plan after the migrations; <see langword="null"/> where it cannot run any more.</param>
/// <param name="Error">Why it cannot run after the migrations.</param>
public sealed record RehearsedQuery(string Sql, QueryPlan? Before, QueryPlan? After, DatabaseException? Error)
{
    /// <summary>Whether it fails where it ran before, or has more full scans, automatic indexes or temporary b-trees.</summary>
    public bool IsWorse => Before is not null && (After is null || After.IsWorseThan(Before));
}
