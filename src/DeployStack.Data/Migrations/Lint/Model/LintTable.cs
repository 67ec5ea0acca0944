using DeployStack.Data.Migrations.Lint.Parsing;

namespace DeployStack.Data.Migrations.Lint.Model;

/// <summary>A table as it is at one point of the pending statements.</summary>
internal sealed class LintTable(string name, TableDefinition? definition)
{
    public string Name { get; set; } = name;

    /// <summary><see langword="null"/> where it is not known.</summary>
    public TableDefinition? Definition { get; set; } = definition;

    /// <summary>The name that it has in the database now; <see langword="null"/> for one that pending statements make.</summary>
    public string? LiveName { get; init; }

    /// <summary>Whether statements may have put rows into it.</summary>
    public bool Filled { get; set; }

    /// <summary>What decides whether a finding about its rows matters, as of now.</summary>
    public LintRows Rows => new(LiveName, Filled);
}
