namespace DeployStack.Data.Benchmarks.Harness;

/// <summary>All rounds of one case.</summary>
internal sealed class CaseRun(Case subject, IReadOnlyList<Variant> variants)
{
    private readonly Dictionary<string, List<Sample>> _samples = variants.Where(static variant => variant.Absent is null)
        .ToDictionary(static variant => variant.Name, static _ => new List<Sample>());

    public Case Subject { get; } = subject;

    public IReadOnlyList<Variant> Variants { get; } = variants;

    public int Rounds => _samples.Values.Max(static samples => samples.Count);

    public void Add(Variant variant, Sample sample) => _samples[variant.Name].Add(sample);

    /// <summary>One measure of a variant, round by round; empty if it was not measured.</summary>
    public IReadOnlyList<double> Values(string variant, Func<Sample, double> measure)
        => _samples.TryGetValue(variant, out var samples) ? [.. samples.Select(measure)] : [];

    /// <summary>One measure of two variants, divided round by round.</summary>
    public IReadOnlyList<double> Ratios(string variant, string peer, Func<Sample, double> measure)
        => [.. Values(variant, measure).Zip(Values(peer, measure), static (left, right) => left / right)];

    /// <summary>Why a variant was not measured; <see langword="null"/> if it was.</summary>
    public string? WhyAbsent(string variant) => Variants.FirstOrDefault(each => each.Name == variant) is { } found ? found.Absent : "it does not exist here";
}
