namespace DeployStack.Data.Reliability.Faults;

/// <summary>One open file of a watched database.</summary>
internal sealed record WatchedFile(FaultSite Site, DatabaseFiles File);
