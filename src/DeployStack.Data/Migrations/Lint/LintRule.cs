namespace DeployStack.Data.Migrations.Lint;

/// <summary>What the lint looks for, and what a file acknowledges by its code.</summary>
/// <param name="Code">Stable; what an acknowledgement names.</param>
/// <param name="Severity">The highest that its findings have.</param>
/// <param name="Title">What it finds, in a few words.</param>
public sealed record LintRule(string Code, LintSeverity Severity, string Title);
