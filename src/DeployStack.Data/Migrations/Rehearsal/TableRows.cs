namespace DeployStack.Data.Migrations.Rehearsal;

/// <summary>The rows of one table around one migration.</summary>
/// <param name="Table">Its name.</param>
/// <param name="Before">How many before the migration; <see langword="null"/> where the table did not exist.</param>
/// <param name="After">How many after it; <see langword="null"/> where the table is gone.</param>
/// <param name="Affected">How many the migration's own statements inserted, updated and deleted in it; one that was updated
/// twice counts twice. What a trigger or a cascade changed shows only in the other two.</param>
public sealed record TableRows(string Table, long? Before, long? After, long Affected);
