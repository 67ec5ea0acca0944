namespace DeployStack.Data.Migrations.Rehearsal;

/// <summary>How many rows a table has.</summary>
/// <param name="Table">Its name.</param>
/// <param name="Before">Before the migration; <see langword="null"/> where the table did not exist.</param>
/// <param name="After">After it; <see langword="null"/> where the table is gone.</param>
public sealed record TableRows(string Table, long? Before, long? After);
