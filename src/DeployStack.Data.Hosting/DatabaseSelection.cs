namespace DeployStack.Data.Hosting;

/// <summary>What was found when the engine was looked up.</summary>
public sealed record DatabaseSelection
{
    /// <summary>Whether an engine is chosen and can be used.</summary>
    public required DatabaseSelectionState State { get; init; }

    /// <summary>Where <see cref="Type"/> comes from.</summary>
    public required DatabaseSelectionSource Source { get; init; }

    /// <summary>The engine in lower case, as it was named (<c>turso</c> stays <c>turso</c>); <see langword="null"/> where
    /// none was named or the file could not be read.</summary>
    public string? Type { get; init; }

    /// <summary>When the set-up finished, in UTC; <see langword="null"/> where the file does not say (its older shape) or
    /// there is none.</summary>
    public DateTimeOffset? SelectedAt { get; init; }

    /// <summary>The version of the file's shape; <see langword="null"/> in the older shape.</summary>
    public string? Version { get; init; }

    /// <summary>The <c>dbPath</c> of the older shape as it was written; a relative one starts at the current directory.</summary>
    public string? DatabasePath { get; init; }

    /// <summary>What is wrong and what to do; <see langword="null"/> when configured.</summary>
    public string? Reason { get; init; }
}
