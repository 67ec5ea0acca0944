using DeployStack.Data.Reliability.Support;

namespace DeployStack.Data.Reliability.Migrations;

/// <summary>Sixteen processes start on one file at the same moment: each migration is applied exactly once, and nobody fails.</summary>
public sealed class MigrationRaceTests
{
    private const int Processes = 16;
    private const int NaiveProcesses = 4; // enough to collide
    private const int Migrations = 12;

    [Fact]
    public async Task Each_migration_is_applied_exactly_once()
    {
        using var folder = new ScenarioFolder();
        using var figures = Summary.Of("migration races");
        var rounds = Scale.Of(5);
        var expected = await ReferenceAsync(folder);
        await using var processes = await MigratingProcesses.StartAsync(Processes);
        for (var round = 0; round < rounds; round++)
        {
            var path = folder.Database($"race{round}.db");
            var lines = await processes.StartAsync(path);
            var violations = MigrationChecker.Violations(path, expected, lines);
            Assert.True(violations.Count == 0, $"round {round}: {string.Join("; ", violations)}");
            Assert.Equal(Migrations, lines.Count(static line => line.StartsWith("applied", StringComparison.Ordinal)));
        }

        figures["processes"] = Processes;
        figures["starts of each"] = rounds;
        folder.Passed();
    }

    [Fact]
    public async Task The_check_notices_who_decides_outside_the_transaction()
    {
        using var folder = new ScenarioFolder();
        await using var processes = await MigratingProcesses.StartAsync(NaiveProcesses, "naive");
        List<string> violations = [];
        for (var round = 0; round < 20 && violations.Count == 0; round++)
        {
            var path = folder.Database($"naive{round}.db");
            violations = MigrationChecker.Violations(path, [], await processes.StartAsync(path)).FindAll(static violation => violation.Contains("failed", StringComparison.Ordinal));
        }

        Assert.Contains(violations, static violation => violation.Contains("already exists", StringComparison.Ordinal) || violation.Contains("UNIQUE", StringComparison.Ordinal));
        folder.Passed();
    }

    private static async Task<List<string>> ReferenceAsync(ScenarioFolder folder)
    {
        await using var alone = await MigratingProcesses.StartAsync(1);
        await alone.StartAsync(folder.Database("reference.db"));
        using var raw = new RawDatabase(folder.Database("reference.db"));
        return raw.Content();
    }
}
