using DeployStack.Data.Migrations.Rebuild;

namespace DeployStack.Data.Testing.Conformance.Migrations.Rebuild;

/// <summary>A table, what is changed in it, and what is there afterwards.</summary>
/// <param name="Name">What the case is about, as a sentence.</param>
/// <param name="Script">Makes the schema and its rows.</param>
/// <param name="Change">What is changed in the table <c>t</c>.</param>
internal sealed record RebuildCase(string Name, string Script, Action<TableChange> Change)
{
    /// <summary>Rebuilds the table as it is.</summary>
    public static readonly Action<TableChange> Nothing = static _ => { };

    public string Table { get; init; } = "t";

    /// <summary>The statement of the table afterwards; by default as before, with its name in double quotes.</summary>
    public string? Sql { get; init; }

    /// <summary>Other objects whose statements change; all that are not named here must stay as they are.</summary>
    public IReadOnlyDictionary<string, string> Objects { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Expressions whose values are the same before and after, row by row; by default all columns.</summary>
    public string? Kept { get; init; }

    /// <summary>The same expressions in the names that columns have afterwards.</summary>
    public string? KeptAfter { get; init; }

    /// <summary>The rows afterwards, each as its quoted values, where they change.</summary>
    public string[]? Rows { get; init; }

    /// <summary>What is done afterwards, what is asked then, and the answer.</summary>
    public (string Do, string Ask, string Answer)[] Then { get; init; } = [];

    /// <summary>For a rebuild that is refused: what its message names.</summary>
    public string[] Refused { get; init; } = [];

    /// <summary>Whether foreign keys lead to the table, its own included.</summary>
    public bool IsReferenced { get; init; }

    public TableRebuildOptions? Options { get; init; }
}
