namespace DeployStack.Data.Reliability.Groups;

/// <summary>What a caller was told about its unit.</summary>
internal enum Told
{
    /// <summary>Its task completed.</summary>
    Committed,

    /// <summary>Its task failed: nothing of it may be there.</summary>
    NotCommitted,

    /// <summary>Its task failed with <see cref="DatabaseException.OutcomeUnknown"/>: all or nothing of it may be there.</summary>
    Unknown,
}

/// <summary>What the callers of a group were told, unit by unit.</summary>
/// <param name="Units">By the unit's number.</param>
/// <param name="Errors">What the failed ones got.</param>
/// <param name="Runs">How often each unit's code was run.</param>
internal sealed record Ledger(IReadOnlyList<Told> Units, IReadOnlyList<Exception?> Errors, IReadOnlyList<int> Runs)
{
    public int Count(Told told) => Units.Count(unit => unit == told);

    /// <summary>The same ledger with one entry changed; for checking the checker.</summary>
    public Ledger With(int unit, Told told) => this with { Units = [.. Units.Select((old, i) => i == unit ? told : old)] };
}
