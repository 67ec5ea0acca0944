namespace DeployStack.Data;

/// <summary>What a committed batch did.</summary>
/// <param name="RowsAffected">The rows inserted, updated or deleted, by statement in the order given.</param>
public sealed record BatchResult(IReadOnlyList<int> RowsAffected)
{
    /// <summary>The rows affected by all statements together.</summary>
    public long TotalRowsAffected => RowsAffected.Sum(static rows => (long)rows);
}
