using System.Diagnostics;
using DeployStack.Data.Reliability.Support;

namespace DeployStack.Data.Reliability.Migrations;

/// <summary>kill -9 at random moments of a migration, on the real disk: the next start goes on by itself, and the end is
/// what it would have been.</summary>
public sealed class MigrationKillTests
{
    private const int Migrations = 12;

    [Fact]
    public async Task The_next_start_goes_on_where_a_kill_stopped_the_migrations()
    {
        using var folder = new ScenarioFolder(onDisk: true);
        using var figures = Summary.Of("kill -9 while migrating");
        var random = new Random(Scale.Seed);
        var kills = Scale.Of(10);
        await RunAsync(folder.Database("reference.db"));
        var expected = Content(folder.Database("reference.db"));
        var halfWay = 0;
        for (var kill = 0; kill < kills; kill++)
        {
            var path = folder.Database($"kill{kill}.db");
            await KillAsync(path, random);
            var before = Applied(path);
            halfWay += before is > 0 and < Migrations ? 1 : 0;

            await RunAsync(path); // nothing was tidied up in between
            var violations = MigrationChecker.Violations(path, expected, lines: null);
            Assert.True(violations.Count == 0, $"kill {kill} after {before} migrations: {string.Join("; ", violations)}");
        }

        figures["kills"] = kills;
        figures["kills half-way"] = halfWay;
        Assert.True(halfWay > kills / 4, $"Only {halfWay} of {kills} kills came between the first migration and the last.");
        folder.Passed();
    }

    private static async Task RunAsync(string path)
    {
        await using var processes = await MigratingProcesses.StartAsync(1);
        var lines = await processes.StartAsync(path);
        Assert.Empty(lines.FindAll(static line => line.StartsWith("failed", StringComparison.Ordinal)));
    }

    // the moment of the kill is the scenario's random variable: some commits, then up to a millisecond or two of the next
    private static async Task KillAsync(string path, Random random)
    {
        using var process = HostProcess.Start("migrate");
        await process.ExpectAsync("ready");
        await process.GoOnAsync(path);
        for (var commits = random.Next(0, Migrations); commits > 0; commits--)
        {
            await process.ExpectAsync("committed");
        }

        var moment = Stopwatch.GetTimestamp() + (long)(random.NextDouble() * 0.002 * Stopwatch.Frequency);
        SpinWait.SpinUntil(() => Stopwatch.GetTimestamp() >= moment);
        process.Kill();
        await process.ReadToEndAsync();
    }

    private static List<string> Content(string path)
    {
        using var raw = new RawDatabase(path);
        return raw.Content();
    }

    private static long Applied(string path)
    {
        if (!File.Exists(path))
        {
            return 0; // killed before it had opened
        }

        using var raw = new RawDatabase(path);
        return raw.Number("SELECT count(*) FROM sqlite_schema WHERE name = 'deploystack_migrations'") == 0 ? 0 : raw.Number("SELECT count(*) FROM deploystack_migrations");
    }
}
