namespace DeployStack.Data.Migrations.Rebuild.Definitions;

/// <summary>The rebuilt table before it is created: its definition under a name of its own, and where its columns come from.</summary>
/// <param name="Old">The table as it is.</param>
/// <param name="New">The definition, under the name that the table has until the old one is dropped.</param>
/// <param name="Columns">The columns of <paramref name="New"/>, in its order.</param>
/// <param name="Dropped">The old columns that end.</param>
/// <param name="IsWrittenInFinalNames">Whether <paramref name="New"/> names columns as they are called afterwards.</param>
internal sealed record RebuildTarget(
    TableDefinition Old,
    TableDefinition New,
    IReadOnlyList<TargetColumn> Columns,
    IReadOnlyList<ColumnDefinition> Dropped,
    bool IsWrittenInFinalNames)
{
    /// <summary>Makes the target of a change.</summary>
    /// <param name="old">The table as it is.</param>
    /// <param name="change">What the caller wants.</param>
    /// <param name="newName">A name that is free.</param>
    /// <exception cref="MigrationException">The change does not fit the table.</exception>
    public static RebuildTarget Of(TableDefinition old, TableChange change, string newName)
    {
        var names = ColumnNames.Of(old, change);
        return change.Definition is null ? new ChangedDefinition(old, change, names).ToTarget(newName) : new GivenDefinition(old, change, names).ToTarget(newName);
    }

    /// <summary>The definition under the name that the table has meanwhile.</summary>
    public static TableDefinition Renamed(TableDefinition definition, string newName)
    {
        var editor = new DefinitionEditor(definition);
        editor.RenameTable(newName);
        return TableDefinition.Parse(editor.ToString())!;
    }
}
