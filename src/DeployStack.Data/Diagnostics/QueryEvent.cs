namespace DeployStack.Data.Diagnostics;

/// <summary>One executed statement, as told to a query hook.</summary>
/// <param name="Sql">The statement as the caller wrote it; it may hold literals, never parameter values.</param>
/// <param name="Label">The unit's label, where it has one.</param>
/// <param name="Duration">From the first bind to the last row.</param>
/// <param name="Rows">Rows read or affected.</param>
/// <param name="Error">What went wrong, or <see langword="null"/>.</param>
public readonly record struct QueryEvent(string Sql, string? Label, TimeSpan Duration, long Rows, DatabaseErrorKind? Error);
