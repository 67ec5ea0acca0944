using System.Globalization;
using DeployStack.Data.Reliability.Host.Settings;
using DeployStack.Data.Reliability.Support;

namespace DeployStack.Data.Reliability.Settings;

/// <summary>Two processes that write settings at the same time: no update is lost where versions are expected, and none of
/// different settings in any case.</summary>
public sealed class SettingsRaceTests
{
    [Fact]
    public async Task No_increment_of_one_setting_is_lost_where_versions_are_expected()
    {
        using var figures = Summary.Of("two processes, one setting, versions");
        var (values, told) = await RunAsync(Scale.Of(250, atMost: 5_000), [0, 0]);
        Assert.Equal(told.Sum(static each => each.Done), values[0]);
        Assert.True(told.Sum(static each => each.Conflicts) > 0, "The processes never met.");
        figures["increments"] = values[0];
        figures["conflicts"] = told.Sum(static each => each.Conflicts);
    }

    [Fact]
    public async Task Increments_are_lost_where_nobody_looks_at_versions()
    {
        var (values, told) = await RunAsync(150, [0, 0], "naive");
        Assert.True(values[0] < told.Sum(static each => each.Done), "Nothing was lost without versions: the scenario proves nothing.");
    }

    [Fact]
    public async Task Nothing_is_lost_of_different_settings_without_versions()
    {
        using var figures = Summary.Of("two processes, two settings, no versions");
        var (values, told) = await RunAsync(Scale.Of(200, atMost: 5_000), [0, 1], "naive");
        Assert.Equal(told.Select(static each => each.Done), values[..2]);
        figures["increments of each"] = values[0];
    }

    private static async Task<(List<long> Values, List<(long Done, long Conflicts)> Told)> RunAsync(int times, int[] counters, params string[] rest)
    {
        using var folder = new ScenarioFolder();
        List<HostProcess> processes = [.. counters.Select(counter => HostProcess.Start(["settings-count", folder.Database(), Text(counter), Text(times), .. rest]))];
        List<(long, long)> told = [];
        try
        {
            foreach (var process in processes)
            {
                await process.ExpectAsync("ready");
            }

            foreach (var process in processes)
            {
                await process.GoOnAsync();
            }

            foreach (var process in processes)
            {
                var line = Assert.Single(await process.ReadToEndAsync()).Split(' ');
                told.Add((Number(line[1]), Number(line[2])));
            }
        }
        finally
        {
            processes.ForEach(static process => process.Dispose());
        }

        await using var database = new TestDatabase(folder.Database());
        var snapshot = await Declared.Store(database.Database).GetSnapshotAsync();
        using var raw = new RawDatabase(folder.Database());
        Assert.Empty(raw.Damage());
        var written = raw.Number("SELECT count(*) FROM deploystack_setting_history"); // what the other has written just so is not written again
        Assert.InRange(written, snapshot.Get(Declared.Counters[0]), told.Sum(static each => each.Item1));
        folder.Passed();
        return ([.. Declared.Counters.Select(snapshot.Get)], told);
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}
