namespace DeployStack.Data;

/// <summary>Who kept a unit of work waiting.</summary>
/// <param name="IsOtherProcess">Whether it is another process, of which nothing else is known.</param>
/// <param name="Label">The label of the unit that held the writer, where it has one.</param>
/// <param name="Sql">The statement that it ran; it may hold literals, so keep it out of logs above Debug.</param>
/// <param name="HeldFor">For how long, when the waiting one gave up.</param>
public sealed record LockHolder(bool IsOtherProcess, string? Label, string? Sql, TimeSpan HeldFor);
