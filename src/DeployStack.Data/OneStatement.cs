namespace DeployStack.Data;

/// <summary>The state of a unit that is known to be one statement: such a unit needs no savepoint, and its SQL text
/// identifies it to the scheduler.</summary>
internal readonly record struct OneStatement(string Sql, object? Parameters);
