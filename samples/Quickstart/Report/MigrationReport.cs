using DeployStack.Data.Migrations;

namespace DeployStack.Data.Quickstart.Report;

/// <summary>What was migrated, and when the rest was.</summary>
internal static class MigrationReport
{
    public static void Write(Page page, MigrationResult result, MigrationStatus status)
    {
        page.Title($"Migrations: {result.Applied.Count} applied, {result.AlreadyApplied} there before");
        var durations = result.Applied.ToDictionary(static migration => migration.Identity, static migration => migration.Duration);
        page.Table(
            ["number", "name", ">took", "applied at"],
            status.Applied.Select(row => new[]
            {
                row.Identity,
                row.Name,
                durations.TryGetValue(row.Identity, out var duration) ? Numbers.Milliseconds(duration) : "",
                row.AppliedAt.ToString("u"),
            }));
    }
}
