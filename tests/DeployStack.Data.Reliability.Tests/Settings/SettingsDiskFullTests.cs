using DeployStack.Data.Reliability.Faults;
using DeployStack.Data.Reliability.Support;
using DeployStack.Data.Settings;

namespace DeployStack.Data.Reliability.Settings;

/// <summary>The disk is full in the middle of a batch of settings: nothing of it is there, and the store goes on. Both by
/// <c>max_page_count</c> and by a write that the storage refuses.</summary>
public sealed class SettingsDiskFullTests
{
    private static readonly IReadOnlyList<Setting<string>> _texts = [.. Enumerable.Range(0, 200).Select(static i => new Setting<string>($"text.{i:000}"))];

    [Fact]
    public async Task A_batch_that_does_not_fit_leaves_nothing()
    {
        using var folder = new ScenarioFolder();
        await using var database = new TestDatabase(folder.Database(), static options => options.Pragmas.MaxPageCount = 100);
        var store = await CreateAsync(database);
        await store.WriteAsync(Batch("a"));

        var error = await Assert.ThrowsAsync<DatabaseException>(() => store.WriteAsync(Batch(new('b', 4_000))));

        Assert.Equal(DatabaseErrorKind.DiskFull, error.Kind);
        Assert.False(error.OutcomeUnknown);
        await AssertHoldsAsync(database, store, "a", batches: 1);
        await store.WriteAsync(Batch("c"));
        await AssertHoldsAsync(database, store, "c", batches: 2);
        folder.Passed();
    }

    [Fact]
    public async Task The_check_notices_settings_that_are_written_one_by_one()
    {
        using var folder = new ScenarioFolder();
        await using var database = new TestDatabase(folder.Database(), static options => options.Pragmas.MaxPageCount = 100);
        var store = await CreateAsync(database);
        await store.WriteAsync(Batch("a"));
        await Assert.ThrowsAsync<DatabaseException>(async () =>
        {
            foreach (var setting in _texts)
            {
                await store.SetAsync(setting, new('b', 4_000));
            }
        });
        await Assert.ThrowsAnyAsync<Xunit.Sdk.XunitException>(() => AssertHoldsAsync(database, store, "a", batches: 1));
        folder.Passed();
    }

    [Fact]
    public async Task Whichever_write_the_full_disk_refuses_the_batch_is_whole_or_not_there()
    {
        using var folder = new ScenarioFolder();
        using var figures = Summary.Of("disk full at each write of a batch of settings");
        using var site = FaultSite.At(folder.Database());
        await using var database = new TestDatabase(folder.Database(), static options => options.Pragmas.WriterCacheKiB = 64); // spills in the middle
        var store = await CreateAsync(database);
        var present = "0";
        await store.WriteAsync(Batch(Long(present)));
        var (batches, points) = (1, 0);
        for (var next = 1; ; next++)
        {
            site.Arm(new(FileCalls.Write, FaultCodes.DiskFull) { At = next, Persistent = true });
            var wanted = FormattableString.Invariant($"{next}");
            var error = await TryAsync(() => store.WriteAsync(Batch(Long(wanted))));
            var hits = site.Hits;
            site.Disarm();
            Assert.Equal(error is null, hits == 0);
            Assert.True(error is null or { Kind: DatabaseErrorKind.DiskFull, OutcomeUnknown: false }, $"point {next}: {error}");
            (present, batches) = error is null ? (wanted, batches + 1) : (present, batches);
            await AssertHoldsAsync(database, store, Long(present), batches);
            if (hits == 0)
            {
                break;
            }

            points++;
        }

        figures["fault points"] = points;
        Assert.True(points >= 5, $"only {points} fault points");
        folder.Passed();
    }

    private static string Long(string text) => text.PadRight(900, '.');

    private static async Task<ISettingsStore> CreateAsync(TestDatabase database)
    {
        var store = SettingsStoreFactory.Create(database.Database, new SettingsBuilder().Add(new("text", "Texts") { Settings = [.. _texts] }));
        await store.InitializeAsync();
        return store;
    }

    private static SettingsBatch Batch(string text)
    {
        var batch = new SettingsBatch(_texts.Count);
        foreach (var setting in _texts)
        {
            batch.Set(setting, text);
        }

        return batch;
    }

    private static async Task<DatabaseException?> TryAsync(Func<Task> write)
    {
        try
        {
            await write();
            return null;
        }
        catch (DatabaseException exception) // what is expected of a full disk
        {
            return exception;
        }
    }

    private static async Task AssertHoldsAsync(TestDatabase database, ISettingsStore store, string text, int batches)
    {
        Assert.Null(database.Engine.WritesStopped);
        Assert.Equal(_texts.Count, await database.Database.ExecuteScalarAsync<long>("SELECT count(*) FROM globalSettings WHERE value = @text", new { text }));
        Assert.Equal(batches, await database.Database.ExecuteScalarAsync<long>("SELECT count(DISTINCT batch) FROM deploystack_setting_history"));
        var snapshot = await store.GetSnapshotAsync();
        Assert.All(_texts, setting => Assert.Equal(text, snapshot.Get(setting)));
    }
}
