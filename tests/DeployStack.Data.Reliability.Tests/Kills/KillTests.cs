using System.Diagnostics;
using DeployStack.Data.Reliability.Support;

namespace DeployStack.Data.Reliability.Kills;

/// <summary>kill -9 in the middle of writing, on the real disk: what was acknowledged with full durability is there, whole,
/// in a sound database.</summary>
public sealed class KillTests
{
    private const string Workers = "16";

    [Fact]
    public async Task Every_acknowledged_unit_survives_a_kill()
    {
        using var folder = new ScenarioFolder(onDisk: true);
        using var figures = Summary.Of("kill -9");
        var random = new Random(Scale.Seed);
        var kills = Scale.Of(12);
        long acknowledged = 0;
        var slowest = TimeSpan.Zero;
        Dictionary<long, long> newest = [];
        for (var kill = 0; kill < kills; kill++)
        {
            var lines = await KillAsync(folder.Database(), random, duringStart: kill % 6 == 5);
            foreach (var (worker, sequence) in KillChecker.Acknowledged(lines))
            {
                newest[worker] = sequence;
            }

            acknowledged += lines.Count(static line => line.StartsWith("ack", StringComparison.Ordinal));
            var opening = Stopwatch.GetTimestamp();
            await using (var database = new TestDatabase(folder.Database()))
            {
                await database.Database.OpenAsync(); // recovers the log
                var time = Stopwatch.GetElapsedTime(opening);
                slowest = time > slowest ? time : slowest;
            }

            var violations = KillChecker.Violations(folder.Database(), newest);
            Assert.True(violations.Count == 0, $"kill {kill}: {string.Join("; ", violations)}");
            newest = KillChecker.Kept(folder.Database());
        }

        figures["kills"] = kills;
        figures["acknowledged units"] = acknowledged;
        figures["slowest opening in ms"] = slowest.TotalMilliseconds;
        Assert.True(acknowledged > kills * 10, $"only {acknowledged} units in {kills} kills");
        folder.Passed();
    }

    [Fact]
    public async Task The_check_notices_a_writer_that_acknowledges_before_the_commit()
    {
        using var folder = new ScenarioFolder(onDisk: true);
        var random = new Random(Scale.Seed);
        List<string> violations = [];
        for (var kill = 0; kill < 10 && violations.Count == 0; kill++)
        {
            var lines = await KillAsync(folder.Database($"early{kill}.db"), random, duringStart: false, "early");
            violations = KillChecker.Violations(folder.Database($"early{kill}.db"), KillChecker.Acknowledged(lines));
        }

        Assert.Contains(violations, static violation => violation.Contains("acknowledged units are lost", StringComparison.Ordinal));
        folder.Passed();
    }

    private static async Task<List<string>> KillAsync(string path, Random random, bool duringStart, params string[] rest)
    {
        using var writer = HostProcess.Start(["write", path, Workers, .. rest]);
        List<string> lines = [];
        if (duringStart)
        {
            await Task.Delay(random.Next(0, 300)); // the moment of the kill is the scenario's random variable
        }
        else
        {
            await writer.ExpectAsync("ready");
            for (var left = random.Next(1, 400); left > 0; left--)
            {
                lines.Add(await writer.ReadLineAsync() ?? throw new InvalidOperationException("The writer ended by itself."));
            }
        }

        writer.Kill();
        lines.AddRange(await writer.ReadToEndAsync());
        return lines;
    }
}
