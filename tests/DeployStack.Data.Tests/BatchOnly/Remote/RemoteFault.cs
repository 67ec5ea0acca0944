namespace DeployStack.Data.Tests.BatchOnly.Remote;

/// <summary>What the server says when it refuses.</summary>
internal sealed class RemoteFault(RemoteFaultCode code, string message, int native = 0) : Exception(message)
{
    public RemoteFaultCode Code { get; } = code;

    public int Native { get; } = native;

    public string? Sql { get; set; }

    /// <summary>The statement's place in its batch.</summary>
    public int? Index { get; set; }

    public string? Table { get; init; }

    public string? Parent { get; init; }

    public IReadOnlyList<string> Columns { get; init; } = [];
}
