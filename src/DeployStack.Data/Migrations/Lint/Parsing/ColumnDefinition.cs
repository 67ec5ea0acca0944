namespace DeployStack.Data.Migrations.Lint.Parsing;

/// <summary>A column of a table.</summary>
/// <param name="Name">Without quotes.</param>
/// <param name="Type">As written, in capitals; empty for none.</param>
internal sealed record ColumnDefinition(string Name, string Type)
{
    public bool NotNull { get; init; }

    /// <summary>Its default, without differences of form; <see langword="null"/> for none and for NULL.</summary>
    public string? Default { get; init; }

    public bool PrimaryKey { get; init; }

    public bool Unique { get; init; }

    public bool Generated { get; init; }

    public bool Stored { get; init; }

    public bool Checked { get; init; }

    public bool References { get; init; }
}
