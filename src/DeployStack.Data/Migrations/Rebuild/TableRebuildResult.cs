namespace DeployStack.Data.Migrations.Rebuild;

/// <summary>What a rebuild did.</summary>
/// <param name="Table">Its name, as the schema spells it.</param>
/// <param name="RowsCopied">Its rows; the copy was proven to hold them all.</param>
/// <param name="Recreated">The indexes, views and triggers that were created again, as <c>index teams_name</c>.</param>
/// <param name="Duration">From the call to the commit, the wait for the write lock included.</param>
public sealed record TableRebuildResult(string Table, long RowsCopied, IReadOnlyList<string> Recreated, TimeSpan Duration);
