using System.Diagnostics;
using DeployStack.Data.Reliability.Host.Settings;
using DeployStack.Data.Reliability.Support;
using DeployStack.Data.Settings;

namespace DeployStack.Data.Reliability.Settings;

/// <summary>kill -9 in the middle of a batch of settings, on the real disk: the database holds one batch everywhere, and at
/// least the last one that was acknowledged.</summary>
public sealed class SettingsKillTests
{
    [Fact]
    public async Task A_batch_of_settings_is_there_whole_or_not_at_all_after_a_kill()
    {
        using var folder = new ScenarioFolder(onDisk: true);
        using var figures = Summary.Of("kill -9 while writing settings");
        var random = new Random(Scale.Seed);
        var kills = Scale.Of(5, atMost: 50);
        var (last, inFlight) = (0L, 0);
        for (var kill = 0; kill < kills; kill++)
        {
            var acknowledged = Math.Max(last, SettingsChecker.Acknowledged(await KillAsync(folder.Database(), random)));
            await using (var database = new TestDatabase(folder.Database()))
            {
                last = await Declared.Store(database.Database).GetAsync(Declared.Numbers[0]); // recovers the log, and nothing is tidied up before
            }

            inFlight += last > acknowledged ? 1 : 0;
            var violations = SettingsChecker.Violations(folder.Database(), acknowledged);
            Assert.True(violations.Count == 0, $"kill {kill}: {string.Join("; ", violations)}");
        }

        figures["kills"] = kills;
        figures["batches of 200"] = last;
        figures["kills after a commit that nobody was told of"] = inFlight;
        Assert.True(last >= kills * 5, $"only {last} batches in {kills} kills");
        folder.Passed();
    }

    [Fact]
    public async Task The_check_notices_a_writer_of_two_halves()
    {
        using var folder = new ScenarioFolder(onDisk: true);
        var random = new Random(Scale.Seed);
        List<string> violations = [];
        for (var kill = 0; kill < 20 && violations.Count == 0; kill++)
        {
            var lines = await KillAsync(folder.Database($"torn{kill}.db"), random, "torn");
            violations = SettingsChecker.Violations(folder.Database($"torn{kill}.db"), SettingsChecker.Acknowledged(lines)).FindAll(static violation => violation.StartsWith("half", StringComparison.Ordinal));
        }

        Assert.NotEmpty(violations);
        folder.Passed();
    }

    // the moment of the kill is the scenario's random variable: some batches, then up to a few milliseconds of the next
    private static async Task<List<string>> KillAsync(string path, Random random, params string[] rest)
    {
        using var writer = HostProcess.Start(["settings-write", path, .. rest]);
        await writer.ExpectAsync("ready");
        List<string> lines = [];
        for (var left = random.Next(1, 40); left > 0; left--)
        {
            lines.Add(await writer.ReadLineAsync() ?? throw new InvalidOperationException("The writer ended by itself."));
        }

        var moment = Stopwatch.GetTimestamp() + (long)(random.NextDouble() * 0.004 * Stopwatch.Frequency);
        SpinWait.SpinUntil(() => Stopwatch.GetTimestamp() >= moment);
        writer.Kill();
        lines.AddRange(await writer.ReadToEndAsync());
        return lines;
    }
}
