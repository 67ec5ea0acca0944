namespace DeployStack.Data.Benchmarks.Harness;

/// <summary>One measurement: variants that do the same work, and what is to be reached.</summary>
internal abstract class Case
{
    /// <summary>What <c>--case</c> takes.</summary>
    public abstract string Name { get; }

    /// <summary>The heading in the report.</summary>
    public abstract string Title { get; }

    /// <summary>What an operation is and how it is done; a sentence or two for the report.</summary>
    public abstract string About { get; }

    /// <summary>The variant that the ratios of the table are to.</summary>
    public abstract string Reference { get; }

    public virtual IReadOnlyList<Goal> Goals => [];

    /// <summary>What the percentiles are of.</summary>
    public virtual string LatencyOf => "latency";

    /// <summary>How long a turn is, in turns of the usual length.</summary>
    public virtual double TurnLength => 1;

    /// <summary>Opens databases and makes the variants; what the workspace owns is closed after the last round.</summary>
    public abstract IReadOnlyList<Variant> Open(Workspace workspace);
}
