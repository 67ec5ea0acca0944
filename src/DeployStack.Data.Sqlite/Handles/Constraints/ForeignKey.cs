namespace DeployStack.Data.Sqlite.Handles.Constraints;

/// <summary>A foreign key of the schema.</summary>
/// <param name="Child">The table that has it.</param>
/// <param name="Id">Its number within that table, as <c>PRAGMA foreign_key_list</c> counts.</param>
/// <param name="Columns">Its columns in the child table.</param>
/// <param name="Parent">The table it refers to.</param>
/// <param name="ParentColumns">The columns it refers to.</param>
/// <param name="OnUpdate">What happens to the child rows when the parent's columns change.</param>
/// <param name="OnDelete">What happens to the child rows when the parent row is deleted.</param>
internal sealed record ForeignKey(
    string Child,
    long Id,
    IReadOnlyList<string> Columns,
    string Parent,
    IReadOnlyList<string> ParentColumns,
    string OnUpdate,
    string OnDelete);
