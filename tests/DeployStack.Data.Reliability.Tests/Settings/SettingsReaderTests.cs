using System.Globalization;
using DeployStack.Data.Reliability.Host.Settings;
using DeployStack.Data.Reliability.Support;
using DeployStack.Data.Settings;

namespace DeployStack.Data.Reliability.Settings;

/// <summary>Readers during writes, in this process and in another one: always whole batches, never an older one after a newer.</summary>
public sealed class SettingsReaderTests
{
    [Fact]
    public async Task Readers_see_whole_batches_and_never_go_back()
    {
        using var folder = new ScenarioFolder();
        using var figures = Summary.Of("readers of settings during writes");
        var writes = Scale.Of(100, atMost: 1_000);
        await using var database = new TestDatabase(folder.Database());
        var store = Declared.Store(database.Database);
        await store.InitializeAsync();
        using var other = HostProcess.Start("settings-read", folder.Database());
        await other.ExpectAsync("ready");
        var (reads, torn, backwards) = await ReadWhileAsync(store, Scale.Of(100, atMost: 1_000), writes, static store => store.GetSnapshotAsync());
        await other.GoOnAsync();
        var told = (await other.ReadToEndAsync())[^1].Split(' ')[1..].Select(static text => long.Parse(text, CultureInfo.InvariantCulture)).ToList();

        Assert.Equal((0, 0), (torn, backwards));
        Assert.Equal((0L, 0L, writes), (told[1], told[2], told[3]));
        Assert.True(reads > writes && told[0] > writes, $"only {reads} reads here and {told[0]} there");
        figures["writes of 200"] = writes;
        figures["reads in this process"] = reads;
        figures["reads in the other process"] = told[0];
        await database.DisposeAsync();
        Assert.Empty(SettingsChecker.Violations(folder.Database(), writes));
        folder.Passed();
    }

    [Fact]
    public async Task The_check_notices_a_reader_of_two_snapshots()
    {
        using var folder = new ScenarioFolder();
        await using var database = new TestDatabase(folder.Database());
        var store = Declared.Store(database.Database);
        await store.InitializeAsync();
        using var other = HostProcess.Start("settings-read", folder.Database(), "naive");
        await other.ExpectAsync("ready");
        var snapshots = 0;
        var old = await store.GetSnapshotAsync();
        var (_, _, backwards) = await ReadWhileAsync(store, 4, 100, store => Interlocked.Increment(ref snapshots) % 10 == 0 ? new(old) : store.GetSnapshotAsync());
        await other.GoOnAsync();
        Assert.True(long.Parse((await other.ReadToEndAsync())[^1].Split(' ')[2], CultureInfo.InvariantCulture) > 0, "No torn batch was seen by a reader of two snapshots.");
        Assert.True(backwards > 0, "No step back was seen by a reader of old snapshots.");
        folder.Passed();
    }

    private static async Task<(long Reads, int Torn, int Backwards)> ReadWhileAsync(ISettingsStore store, int readers, int writes, Func<ISettingsStore, ValueTask<SettingsSnapshot>> read)
    {
        var (reads, torn, backwards) = (0L, 0, 0);
        using var done = new CancellationTokenSource();
        var tasks = Enumerable.Range(0, readers).Select(_ => Task.Run(async () =>
        {
            var last = 0L;
            while (!done.IsCancellationRequested)
            {
                var snapshot = await read(store);
                var n = snapshot.Get(Declared.Numbers[0]);
                if (Declared.Numbers.Any(setting => snapshot.Get(setting) != n))
                {
                    Interlocked.Increment(ref torn);
                }

                if (n < last)
                {
                    Interlocked.Increment(ref backwards);
                }

                last = n;
                Interlocked.Increment(ref reads);
                await Task.Yield();
            }
        })).ToList();
        for (var n = 1; n <= writes; n++)
        {
            await store.WriteAsync(Declared.Same(n));
            if (await store.GetAsync(Declared.Numbers[^1]) != n)
            {
                Interlocked.Increment(ref backwards); // not even the writer sees it
            }
        }

        await done.CancelAsync();
        await Task.WhenAll(tasks);
        return (reads, torn, backwards);
    }
}
