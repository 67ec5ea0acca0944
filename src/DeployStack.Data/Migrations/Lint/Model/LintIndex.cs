namespace DeployStack.Data.Migrations.Lint.Model;

/// <summary>An index.</summary>
/// <param name="Table">Its table; renamed with it.</param>
/// <param name="Columns">Empty text for an expression.</param>
internal sealed record LintIndex(string Name, LintTable Table, IReadOnlyList<string> Columns, bool Partial);
