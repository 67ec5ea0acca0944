namespace DeployStack.Data.Settings.History;

/// <summary>Who made a change, and why.</summary>
internal sealed record HistoryHeader(string? Actor, string? Reason);
