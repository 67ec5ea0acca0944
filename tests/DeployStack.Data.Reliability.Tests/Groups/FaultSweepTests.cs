using DeployStack.Data.Reliability.Faults;
using DeployStack.Data.Reliability.Support;
using DeployStack.Data.Sqlite;
using Microsoft.Data.Sqlite;

namespace DeployStack.Data.Reliability.Groups;

/// <summary>A group of 64 units, and a disk that is full or broken at every single call: nobody acknowledged is lost,
/// nobody failed is applied, nobody is applied twice.</summary>
public sealed class FaultSweepTests
{
    private const FileCalls Writing = FileCalls.Write | FileCalls.Truncate;

    private static readonly (string Name, Fault Fault)[] _sweeps =
    [
        // the log
        ("disk full once", new(FileCalls.Write, FaultCodes.DiskFull)),
        ("disk full from there on", new(FileCalls.Write, FaultCodes.DiskFull) { Persistent = true }),
        ("write error once", new(Writing, FaultCodes.Write)),
        ("torn write error from there on", new(Writing, FaultCodes.Write) { Persistent = true, FirstBytes = 100 }),
        ("plain I/O error once", new(Writing, FaultCodes.IoError)),
        ("read error once", new(FileCalls.Read, FaultCodes.Read)),
        ("sync error once", new(FileCalls.Sync, FaultCodes.Sync)),
        ("sync error from there on", new(FileCalls.Sync, FaultCodes.Sync) { Persistent = true }),

        // the rollback journal
        ("journal, disk full once", new(FileCalls.Write, FaultCodes.DiskFull)),
        ("journal, write error once", new(Writing, FaultCodes.Write)),
        ("journal, sync error once", new(FileCalls.Sync, FaultCodes.Sync)),
        ("journal, cannot be opened", new(FileCalls.Open, FaultCodes.CannotOpen) { Files = DatabaseFiles.Journal }),
        ("journal, cannot be deleted", new(FileCalls.Delete, FaultCodes.Delete) { Files = DatabaseFiles.Journal }),
        ("journal, deleted but the directory not synced", new(FileCalls.Delete, FaultCodes.DirectorySync) { Files = DatabaseFiles.Journal, Takes = true }),
    ];

    public static TheoryData<string> Sweeps => [.. _sweeps.Select(static sweep => sweep.Name)];

    [Theory]
    [MemberData(nameof(Sweeps))]
    public async Task Every_caller_of_a_group_is_told_the_truth(string name)
    {
        using var folder = new ScenarioFolder();
        using var figures = Summary.Of($"group of 64, {name}");
        var sweep = new FaultSweep(folder, name.StartsWith("journal", StringComparison.Ordinal) ? SqliteJournalMode.Delete : SqliteJournalMode.Wal);
        await sweep.PrepareAsync();

        await sweep.RunAsync(_sweeps.Single(candidate => candidate.Name == name).Fault);

        Publish(figures, sweep);
        Assert.True(sweep.Violations.Count == 0, string.Join(Environment.NewLine, sweep.Violations.Take(10)));
        Assert.True(sweep.Points >= 1, "nothing was made to fail");
        folder.Passed();
    }

    [Fact]
    public async Task A_disk_that_stays_broken_until_after_disposal_changes_nothing_of_that()
    {
        using var folder = new ScenarioFolder();
        using var figures = Summary.Of("group of 64, broken until after disposal");
        var sweep = new FaultSweep(folder);
        await sweep.PrepareAsync();

        await sweep.RunAsync(new(Writing | FileCalls.Sync, FaultCodes.IoError) { Persistent = true }, untilClosed: true);

        Publish(figures, sweep);
        Assert.True(sweep.Violations.Count == 0, string.Join(Environment.NewLine, sweep.Violations.Take(10)));
        Assert.True(sweep.Points >= 50, $"only {sweep.Points} fault points");
        folder.Passed();
    }

    [Fact]
    public async Task The_sweep_notices_a_writer_that_swallows_the_failure_of_its_commit()
    {
        using var folder = new ScenarioFolder();
        var sweep = new FaultSweep(folder);
        await sweep.PrepareAsync();

        await sweep.RunAsync(new(FileCalls.Write, FaultCodes.DiskFull), run: SwallowAsync);

        Assert.Contains(sweep.Violations, static violation => violation.Contains("was acknowledged and is lost", StringComparison.Ordinal));
        folder.Passed();
    }

    private static Task<Ledger> SwallowAsync(string path, FaultSite site, Fault fault)
    {
        using (var raw = new RawDatabase(path))
        {
            site.Arm(fault);
            try
            {
                raw.Execute("BEGIN IMMEDIATE; UPDATE applied SET times = 1 WHERE unit % 3 = 0; COMMIT");
            }
            catch (SqliteException) // the fault of this writer
            {
            }

            site.Disarm();
        }

        var told = Enumerable.Range(0, 64).Select(static unit => unit % 3 == 0 ? Told.Committed : Told.NotCommitted).ToArray();
        return Task.FromResult(new Ledger(told, new Exception?[64], new int[64]));
    }

    private static void Publish(Summary.Figures figures, FaultSweep sweep)
    {
        figures["fault points"] = sweep.Points;
        figures["committed"] = sweep.Committed;
        figures["failed"] = sweep.NotCommitted;
        figures["unknown"] = sweep.Unknown;
        figures["violations"] = sweep.Violations.Count;
    }
}
