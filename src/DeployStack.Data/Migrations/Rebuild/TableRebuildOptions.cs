namespace DeployStack.Data.Migrations.Rebuild;

/// <summary>How a table is rebuilt.</summary>
public sealed record TableRebuildOptions
{
    /// <summary>Whether a change of type may lose what a cast loses (<c>'abc'</c> to INTEGER is 0). By default
    /// <see langword="false"/>: each value must come back when it is cast back, else the rebuild is undone and fails.</summary>
    public bool AllowLossyCast { get; init; }

    /// <summary>How long the rebuild may take, the wait for the write lock included; past it everything is undone.
    /// <see langword="null"/> (the default) for no limit. Must be positive. A plan takes no notice of it.</summary>
    public TimeSpan? Deadline { get; init; }
}
