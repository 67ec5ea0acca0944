namespace DeployStack.Data.Migrations.Rehearsal;

/// <summary>Rows without the row that they refer to.</summary>
/// <param name="Table">Where they are.</param>
/// <param name="Parent">The table that lacks the rows.</param>
/// <param name="Rows">How many they are.</param>
public sealed record ForeignKeyFault(string Table, string Parent, long Rows);
