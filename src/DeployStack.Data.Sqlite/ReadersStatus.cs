namespace DeployStack.Data.Sqlite;

/// <summary>How the readers of a database are used.</summary>
/// <param name="Limit">Readers there can be.</param>
/// <param name="Open">Readers that are open.</param>
/// <param name="Busy">Readers that run a unit of work.</param>
/// <param name="QueueLength">Units that wait for one.</param>
public sealed record ReadersStatus(int Limit, int Open, int Busy, int QueueLength);
