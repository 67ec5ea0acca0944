namespace DeployStack.Data.Migrations.Lint;

/// <summary>One thing that the lint found in one statement.</summary>
/// <param name="Code">Stable (<c>DL101</c>); see <see cref="MigrationLint.Rules"/>.</param>
/// <param name="Severity">That of the rule, or <see cref="LintSeverity.Information"/> where the tables it is about have no
/// rows.</param>
/// <param name="Message">What happens, and the way out.</param>
public sealed record LintFinding(string Code, LintSeverity Severity, string Message)
{
    /// <summary>The migration's identity; empty for a script that has none.</summary>
    public required string Identity { get; init; }

    /// <summary>The file of the script, as messages show it.</summary>
    public required string Origin { get; init; }

    /// <summary>The line on which the statement, or the directive, begins, from 1.</summary>
    public required int Line { get; init; }

    /// <summary>The column in that line, from 1.</summary>
    public required int Column { get; init; }

    /// <summary>The statement's place in the script, from 1.</summary>
    public required int Statement { get; init; }

    /// <summary>The reason that the file gives for it (<c>-- deploystack: allow DL101 because …</c>);
    /// <see langword="null"/> where it is not acknowledged.</summary>
    public string? Acknowledgement { get; init; }

    /// <summary>Whether it is at least of this severity and not acknowledged.</summary>
    /// <param name="severity">The least.</param>
    public bool IsOpen(LintSeverity severity) => Acknowledgement is null && Severity >= severity;

    /// <summary>One line: place, code, severity and message.</summary>
    public override string ToString() => $"{Origin}({Line},{Column}): {Code} {Severity}: {Message}";
}
