namespace DeployStack.Data.Settings.Storage;

/// <summary>A row of the history: some changes of a batch.</summary>
internal sealed record StoredHistory(long Batch, long Part, long At, string? Actor, string? Reason, string Changes)
{
    // a record would print the values
    public override string ToString() => $"batch {Batch}, part {Part}";
}
