namespace DeployStack.Data;

/// <summary>A condition on the outcome of one statement of a batch, checked before the batch is committed.</summary>
public sealed record StatementExpectation
{
    private StatementExpectation(bool noRows, int? rowsAffected)
    {
        IsNoRows = noRows;
        RowsAffected = rowsAffected;
    }

    /// <summary>The statement is a query that must return no row, for example <c>PRAGMA foreign_key_check</c>.</summary>
    public static StatementExpectation NoRows { get; } = new(noRows: true, null);

    /// <summary>Whether the statement must return no row.</summary>
    public bool IsNoRows { get; }

    /// <summary>The number of rows the statement must affect; <see langword="null"/> when that is not checked.</summary>
    public int? RowsAffected { get; }

    /// <summary>The statement must insert, update or delete exactly <paramref name="rows"/> rows: the optimistic
    /// concurrency check of a batch.</summary>
    /// <param name="rows">0 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="rows"/> is negative.</exception>
    public static StatementExpectation Affects(int rows)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        return new(noRows: false, rows);
    }
}
