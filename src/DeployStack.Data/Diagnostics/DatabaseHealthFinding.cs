namespace DeployStack.Data.Diagnostics;

/// <summary>What a health probe found.</summary>
/// <param name="Health">How well the aspect is that was looked at.</param>
/// <param name="Description">The condition and what to do, for an operator; <see langword="null"/> when healthy. It may
/// be published: no path, no SQL, no value of the data.</param>
public sealed record DatabaseHealthFinding(DatabaseHealth Health, string? Description = null)
{
    /// <summary>Figures by name, published beside the description; the same rule holds. Default empty.</summary>
    public IReadOnlyDictionary<string, object> Data { get; init; } = new Dictionary<string, object>(StringComparer.Ordinal);

    /// <summary>The error behind a bad finding, for the log.</summary>
    public Exception? Error { get; init; }
}
