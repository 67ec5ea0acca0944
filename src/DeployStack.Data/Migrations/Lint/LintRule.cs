namespace DeployStack.Data.Migrations.Lint;

/// <summary>A rule of the lint.</summary>
/// <param name="Code">Stable; what an acknowledgement names.</param>
/// <param name="Severity">The highest that its findings have.</param>
/// <param name="Title">What it finds, in a few words.</param>
public sealed record LintRule(string Code, LintSeverity Severity, string Title);
