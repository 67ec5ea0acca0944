namespace DeployStack.Data.Migrations.Lint.Parsing;

/// <summary>What a CREATE TABLE says, as far as the lint asks.</summary>
/// <param name="Columns">In order.</param>
/// <param name="ForeignKeys">Of columns and of the table.</param>
/// <param name="Keys">The columns of the primary key and of each UNIQUE constraint.</param>
/// <param name="Checks">The texts of the CHECK constraints, without differences of form.</param>
internal sealed record TableDefinition(
    IReadOnlyList<ColumnDefinition> Columns,
    IReadOnlyList<ForeignKey> ForeignKeys,
    IReadOnlyList<IReadOnlyList<string>> Keys,
    IReadOnlyList<string> Checks)
{
    public ColumnDefinition? Column(string name) => Columns.FirstOrDefault(column => column.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>The definition after ADD COLUMN.</summary>
    public TableDefinition With(TableDefinition added) => new(
        [.. Columns, .. added.Columns],
        [.. ForeignKeys, .. added.ForeignKeys],
        [.. Keys, .. added.Keys],
        [.. Checks, .. added.Checks]);
}
