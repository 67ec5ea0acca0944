using System.Diagnostics;
using DeployStack.Data.Benchmarks.Harness;
using DeployStack.Data.Benchmarks.Peers;
using DeployStack.Data.Benchmarks.Peers.Settings;
using SettingsBatch = DeployStack.Data.Settings.SettingsBatch;

namespace DeployStack.Data.Benchmarks.Cases.Settings;

/// <summary>Very many settings in one batch.</summary>
internal sealed class SettingsBulkCase(bool isInsert) : Case
{
    private const string Ours = "DeployStack.Data, WriteAsync";
    private const string Bare = "bare loop, one transaction";
    private const string Dapper = "Dapper, list in a transaction";
    private const string Ef = "EF Core, SaveChanges of 10,000";
    private const string WithoutCheckpoints = "PRAGMA wal_autocheckpoint = 0"; // as for ours, whose checkpoints are not in the transaction
    private const int EfRows = 10_000;

    private static readonly string _node = $"{NodePeer.Name}, one transaction";

    public override string Name => $"settings-bulk-{What}";

    public override string Title => $"Settings: {What} of 100,000 in one batch, synchronous=NORMAL";

    public override string About => $"An operation is one row; a turn is one transaction. {(isInsert ? "The tables are empty before" : "All values are changed, for the peers by upsert")}; the history of all changes is written too, by all variants, a thousand changes in a row. Objects of the caller are made before. {(isInsert ? "" : "The store has a current snapshot before; the one after is read when it is asked for, which is not counted.")}";

    public override string Reference => Bare;

    public override double TurnLength => 0.001; // an operation is longer than any turn

    public override IReadOnlyList<Goal> Goals =>
    [
        Goal.AtMost($"100,000 settings, {What}: to the bare loop", Ours, Bare, static sample => sample.Cost, 1.2),
        Goal.Faster($"100,000 settings, {What}: times faster than better-sqlite3", Ours, _node, 1.4),
        Goal.Faster($"100,000 settings, {What}: times faster than Dapper's list", Ours, Dapper, 2),
        Goal.Faster($"100,000 settings, {What}: times faster than EF Core", Ours, Ef, 15),
        Goal.AtMost($"100,000 settings, {What}: allocated per row", Ours, static sample => sample.Bytes, 100, Text.Bytes),
    ];

    private string What => isInsert ? "insert" : "update";

    private string Reset => isInsert ? SettingsSample.Empty : SettingsSample.EmptyHistory;

    public override IReadOnlyList<Variant> Open(Workspace workspace)
    {
        string New(string name) => SettingsSample.NewDatabase(workspace, name, isInsert ? new() : SettingsSample.DeclareMany(SettingsSample.Many));
        PooledConnections Pool(string name) => new(New(name), isFull: false);
        var alone = workspace.Own(new SettingsLoop(SettingsSample.NewBareDatabase(workspace, "alone"), isFull: false, hasCompanions: false));
        alone.Execute(WithoutCheckpoints);
        var bare = workspace.Own(new SettingsLoop(New("bare"), isFull: false));
        bare.Execute(WithoutCheckpoints);
        var dapper = new SettingsDapper(Pool("dapper"));
        var efPool = Pool("ef");
        var (ef, efReset) = (new SettingsEf(efPool), new SettingsDapper(efPool));
        var rows = new ManyRows(SettingsSample.Many);
        var efRows = new ManyRows(EfRows);
        if (isInsert)
        {
            efReset.Create(rows.Groups, []);
            return
            [
                new(Bare, _ => Measure(rows, () => bare.Create(rows.Groups, rows.Settings))) { Settle = () => bare.Reset(Reset) },
                new("bare loop, the two tables alone", _ => Measure(rows, () => alone.Create(rows.Groups, rows.Settings))) { Settle = () => alone.Reset("DELETE FROM globalSettings; DELETE FROM globalSettingGroups") },
                Store(workspace, New("ours")),
                new(Dapper, _ => Measure(rows, () => dapper.Create(rows.Groups, rows.Settings))) { Settle = () => dapper.Reset(Reset) },
                new(Ef, _ => Measure(efRows, () => ef.Create(efRows.Settings))) { Settle = () => efReset.Reset("DELETE FROM globalSettings; DELETE FROM deploystack_setting_history") },
                NodePeer.Variant(workspace, "createMany", New("node"), isFull: false, _node, "emptySettings"),
            ];
        }

        alone.Create(rows.Groups, rows.Settings);
        alone.Checkpoint();
        return
        [
            new(Bare, _ => Measure(rows.Next(), () => bare.Change(rows.Settings))) { Settle = () => bare.Reset(Reset) },
            new("bare loop, the two tables alone", _ => Measure(rows.Next(), () => alone.Change(rows.Settings))) { Settle = alone.Checkpoint },
            Store(workspace, New("ours")),
            new(Dapper, _ => Measure(rows.Next(), () => dapper.Change(rows.Settings))) { Settle = () => dapper.Reset(Reset) },
            new(Ef, _ => Measure(efRows.Next(), () => ef.Change(efRows.Settings))) { Settle = () => efReset.Reset(Reset) },
            NodePeer.Variant(workspace, "changeMany", New("node"), isFull: false, _node, "emptyHistory"),
        ];
    }

    private Variant Store(Workspace workspace, string path)
    {
        var declared = SettingsSample.DeclareMany(SettingsSample.Many);
        var ours = workspace.Own(new OurSettings(path, isFull: false, declared, initializes: !isInsert));
        var batches = new[] { Batch(1), Batch(2) };
        var turn = 0;
        GC.KeepAlive(ours.Store.GetSnapshotAsync().AsTask().GetAwaiter().GetResult());
        return new(Ours, _ =>
        {
            var batch = batches[turn++ & 1];
            return Measure(SettingsSample.Many, () => ours.Store.WriteAsync(batch).GetAwaiter().GetResult());
        })
        { Settle = () => ours.Reset(Reset) };
    }

    private static SettingsBatch Batch(int number)
    {
        var batch = new SettingsBatch(SettingsSample.Many);
        for (var i = 0; i < SettingsSample.Many; i++)
        {
            batch.Set(SettingsSample.ManyKey(i), SampleData.ValueOf(i + number));
        }

        return batch;
    }

    private static Sample Measure(ManyRows rows, Action work) => Measure(rows.Settings.Length, work);

    private static Sample Measure(int operations, Action work)
    {
        var allocated = GC.GetTotalAllocatedBytes(precise: true);
        var start = Stopwatch.GetTimestamp();
        work();
        var elapsed = Stopwatch.GetElapsedTime(start);
        return new(elapsed.TotalNanoseconds / operations) { Bytes = (double)(GC.GetTotalAllocatedBytes(precise: true) - allocated) / operations };
    }
}
