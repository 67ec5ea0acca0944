using DeployStack.Data.Schema;

namespace DeployStack.Data.Migrations.Validation;

/// <summary>The live schema beside the one that the applied migrations make in an empty database.</summary>
/// <param name="IsChecked">Whether they were compared.</param>
/// <param name="Reason">Why they were not; <see langword="null"/> where they were.</param>
/// <param name="Differences">The objects that differ: added to the live database by hand, removed from it, or changed
/// there; the lines show the way from the migrations to the live database.</param>
public sealed record SchemaDrift(bool IsChecked, string? Reason, IReadOnlyList<SchemaDifference> Differences)
{
    /// <summary>The error that kept the replay from its end; <see langword="null"/> for other reasons.</summary>
    public DatabaseException? Error { get; init; }

    /// <summary>A sentence for each difference, or for why nobody knows of any.</summary>
    public IReadOnlyList<string> Findings => IsChecked
        ? [.. Differences.Select(Describe)]
        : [$"Drift of the schema was not checked: {Reason}"];

    private static string Describe(SchemaDifference difference) => difference.Kind switch
    {
        SchemaChangeKind.Added => $"The {difference.Object} is in the database, and no applied migration makes it.",
        SchemaChangeKind.Removed => $"The {difference.Object} is missing from the database, and the applied migrations make it.",
        _ => $"The {difference.Object} is not as the applied migrations make it: {string.Join(' ', difference.Lines.Where(static line => line[0] != ' '))}",
    };
}
