namespace DeployStack.Data;

/// <summary>How one write is to run.</summary>
public sealed record WriteOptions : UnitOptions
{
    /// <summary>Runs the work at most once, in a transaction of its own; ignored nowhere, but it gives up group commit.
    /// Default <see langword="false"/>.</summary>
    public bool RunOnce { get; init; }

    /// <summary>How durable the commit must be when the task completes; <see langword="null"/> (the default) takes the
    /// database's own setting. An engine that is always durable treats both alike.</summary>
    public Durability? Durability { get; init; }
}
