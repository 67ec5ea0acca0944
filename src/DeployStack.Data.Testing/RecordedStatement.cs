namespace DeployStack.Data.Testing;

/// <summary>One statement that was executed.</summary>
/// <param name="Sql">As the code wrote it; it may hold literals, never the values of parameters.</param>
/// <param name="Label">The label of the unit of work, where it has one.</param>
/// <param name="Kind">Told from the first words of the text.</param>
/// <param name="Duration">From the first bind to the last row, on the real clock.</param>
/// <param name="Rows">Rows read or affected.</param>
/// <param name="Error">Why it failed, or <see langword="null"/>.</param>
public sealed record RecordedStatement(string Sql, string? Label, RecordedStatementKind Kind, TimeSpan Duration, long Rows, DatabaseErrorKind? Error);
