using DeployStack.Data.Migrations;
using DeployStack.Data.Migrations.Lint;
using DeployStack.Data.Migrations.Rehearsal;
using DeployStack.Data.Migrations.Validation;

namespace DeployStack.Data.Quickstart.Report;

/// <summary>What the migrations would do, did, and left.</summary>
internal static class MigrationReport
{
    /// <returns>Whether the migrations may be applied.</returns>
    public static bool Write(Page page, LintReport lint, RehearsalReport rehearsal)
    {
        page.Title("Before the migrations");
        page.Line("lint", $"{lint.Errors.Count} errors, {lint.Warnings.Count} warnings");
        foreach (var finding in lint.Errors.Concat(lint.Warnings))
        {
            page.Text(finding.ToString());
        }

        page.Line("rehearsal", rehearsal.Migrations.Count == 0 && rehearsal.Failure is null
            ? "nothing is pending"
            : $"{rehearsal.Migrations.Count} on a copy, {(rehearsal.Passed ? "passed" : "failed")}; {Numbers.Bytes(rehearsal.BytesNeeded ?? 0)} have to be free");
        foreach (var fault in rehearsal.IntegrityFaults.Concat(rehearsal.ForeignKeyFaults.Select(static each => each.ToString())).Concat(rehearsal.Failure is { } failure ? [failure.Message] : []))
        {
            page.Text(fault);
        }

        return lint.Errors.Count == 0 && rehearsal.Passed;
    }

    /// <returns>Whether the database is what the migrations describe.</returns>
    public static bool Write(Page page, MigrationResult result, MigrationValidation validation)
    {
        page.Title($"Migrations: {result.Applied.Count} applied, {result.AlreadyApplied} there before");
        var durations = result.Applied.ToDictionary(static migration => migration.Identity, static migration => migration.Duration);
        page.Table(
            ["number", "name", ">took", "applied at"],
            validation.Status.Applied.Select(row => new[]
            {
                row.Identity,
                row.Name,
                durations.TryGetValue(row.Identity, out var duration) ? Numbers.Milliseconds(duration) : "",
                row.AppliedAt.ToString("u"),
            }));
        page.Line("schema", validation.IsValid ? "as a replay of the history makes it" : "not as the migrations make it:");
        foreach (var finding in validation.Findings)
        {
            page.Text(finding);
        }

        return validation.IsValid;
    }
}
