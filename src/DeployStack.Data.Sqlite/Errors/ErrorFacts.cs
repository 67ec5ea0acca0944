namespace DeployStack.Data.Sqlite.Errors;

/// <summary>What a result code means: the three parts of the message and the facts beside it.</summary>
/// <param name="Kind">The portable kind.</param>
/// <param name="What">What happened; without a full stop.</param>
/// <param name="WayOut">What to do, as whole sentences.</param>
internal sealed record ErrorFacts(DatabaseErrorKind Kind, string What, string WayOut)
{
    /// <summary>What is kept, as a whole sentence; <see langword="null"/> for what follows from the transaction.</summary>
    public string? Kept { get; init; }

    public string? Table { get; init; }

    public IReadOnlyList<string> Columns { get; init; } = [];

    public string? Constraint { get; init; }

    public string? ParentTable { get; init; }

    /// <summary>Whether running the unit again can succeed; <see langword="null"/> for what follows from the kind.</summary>
    public bool? Retry { get; init; }

    public bool OutcomeUnknown { get; init; }

    public string Message(in ErrorContext context)
        => $"{What}. {Kept ?? Standing(context)} {WayOut}";

    private static string Standing(in ErrorContext context)
        => context.RolledBack ? "SQLite rolled the transaction back; what was committed before is kept."
            : context.IsWrite ? "Nothing of the statement was kept."
            : "Nothing was changed.";
}
