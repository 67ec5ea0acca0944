namespace DeployStack.Data.Benchmarks.Harness;

/// <summary>One way to do the work of a case; it takes turns with the others.</summary>
internal sealed class Variant(string name, Func<TimeSpan, Sample> run)
{
    public string Name { get; } = name;

    /// <summary>Why it cannot be measured here; <see langword="null"/> if it can.</summary>
    public string? Absent { get; private init; }

    /// <summary>Puts its database back into the state that each turn begins with; not timed.</summary>
    public Action Settle { get; init; } = static () => { };

    public static Variant NotMeasured(string name, string why) => new(name, static _ => new(double.NaN)) { Absent = why };

    /// <summary>Measures for about the given time.</summary>
    public Sample Run(TimeSpan turn) => run(turn);
}
