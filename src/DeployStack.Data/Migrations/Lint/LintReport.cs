namespace DeployStack.Data.Migrations.Lint;

/// <summary>What the lint found, in the order of scripts and statements.</summary>
/// <param name="Findings">All of them, also those that are acknowledged.</param>
public sealed record LintReport(IReadOnlyList<LintFinding> Findings)
{
    /// <summary>Errors that no file acknowledges; <see cref="LintPolicy.Fail"/> fails on them.</summary>
    public IReadOnlyList<LintFinding> Errors { get; } = [.. Findings.Where(static finding => finding.IsOpen(LintSeverity.Error))];

    /// <summary>Warnings that no file acknowledges.</summary>
    public IReadOnlyList<LintFinding> Warnings { get; } = [.. Findings.Where(static finding => finding.IsOpen(LintSeverity.Warning) && finding.Severity == LintSeverity.Warning)];

    /// <summary>One line for each finding.</summary>
    public override string ToString() => string.Join(Environment.NewLine, Findings);
}
