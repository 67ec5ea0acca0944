using DeployStack.Data.Benchmarks.Harness;
using DeployStack.Data.Benchmarks.Peers;
using DeployStack.Data.Benchmarks.Peers.Settings;
using SettingsBatch = DeployStack.Data.Settings.SettingsBatch;

namespace DeployStack.Data.Benchmarks.Cases.Settings;

/// <summary>Three groups and seventeen settings through the store, all or nothing.</summary>
internal sealed class SettingsBatchCase(bool isFull) : Case
{
    private const string Initialize = "DeployStack.Data, InitializeAsync by two stores in turn";
    private const string Write = "DeployStack.Data, WriteAsync of 17 values";
    private const string Bare = "bare loop, one transaction";
    private const string BareWrite = "bare loop, 17 values and their history";
    private const string Dapper = "Dapper, lists in a transaction";
    private const string OneByOne = "Dapper, each row commits by itself";

    private static readonly string _node = $"{NodePeer.Name}, one transaction";

    public override string Name => $"settings-batch-{(isFull ? "full" : "normal")}";

    public override string Title => $"Settings: 3 groups and 17 settings in one call, synchronous={(isFull ? "FULL" : "NORMAL")}";

    public override string About => "An operation describes 3 groups and 17 settings anew, for the peers by upsert, and claims the version; the triggers of the store count every row for all. InitializeAsync is called by two stores in turn that declare the same settings differently, so each first has to read what the other has written. The variants with values change 17 values and write the line of the history.";

    public override string Reference => Bare;

    public override IReadOnlyList<Goal> Goals => isFull
        ?
        [
            Goal.AtMost("17 settings and 3 groups, FULL: InitializeAsync to the bare loop", Initialize, Bare, static sample => sample.Cost, 1.2),
            Goal.AtMost("17 values, FULL: WriteAsync to the bare loop", Write, BareWrite, static sample => sample.Cost, 1.2),
        ]
        :
        [
            Goal.AtMost("17 settings and 3 groups, NORMAL: InitializeAsync to the bare loop", Initialize, Bare, static sample => sample.Cost, 1.6),
            Goal.AtMost("17 values, NORMAL: WriteAsync to the bare loop", Write, BareWrite, static sample => sample.Cost, 1.6),
            Goal.Faster("17 settings and 3 groups, NORMAL: times faster than better-sqlite3", Initialize, _node, 1),
            Goal.Faster("17 settings and 3 groups, NORMAL: times faster than Dapper's lists", Initialize, Dapper, 2),
            Goal.Faster("17 settings and 3 groups, NORMAL: times faster than a commit for each row", Initialize, OneByOne, 10),
        ];

    public override IReadOnlyList<Variant> Open(Workspace workspace)
    {
        string New(string name) => SettingsSample.NewDatabase(workspace, name, SettingsSample.DeclareStart(0));
        SettingsLoop Loop(string path, bool hasCompanions = true) => workspace.Own(new SettingsLoop(path, isFull, hasCompanions));
        var bare = Loop(New("bare"));
        var bareWrite = Loop(New("bare-write"));
        var alone = Loop(SettingsSample.NewBareDatabase(workspace, "alone"), hasCompanions: false);
        var (listed, oneByOne) = (new PooledConnections(New("dapper"), isFull), new PooledConnections(New("one-by-one"), isFull));
        var (dapper, dapperOneByOne) = (new SettingsDapper(listed), new SettingsDapper(oneByOne));
        var rows = new StartRows();
        return
        [
            new(Bare, Repeated.Of(Each(() => bare.Describe(rows.Describe().Groups, rows.Settings)))) { Settle = bare.Checkpoint },
            new("bare loop, the two tables alone: no version, no triggers", Repeated.Of(Each(() => alone.Describe(rows.Describe().Groups, rows.Settings)))) { Settle = alone.Checkpoint },
            Initializes(workspace, New("initialize")),
            new(Dapper, Repeated.Of(Each(() => dapper.Describe(rows.Describe().Groups, rows.Settings)))) { Settle = listed.Checkpoint },
            new(OneByOne, Repeated.Of(Each(() => dapperOneByOne.DescribeOneByOne(rows.Describe().Groups, rows.Settings)))) { Settle = oneByOne.Checkpoint },
            NodePeer.Variant(workspace, "start", New("node"), isFull, _node),
            new(BareWrite, Repeated.Of(Each(() => bareWrite.Change(rows.Change().Settings)))) { Settle = () => bareWrite.Reset(SettingsSample.EmptyHistory) },
            Writes(workspace, New("write")),
        ];
    }

    private static Action<int> Each(Action write) => passes =>
    {
        for (var i = 0; i < passes; i++)
        {
            write();
        }
    };

    private Variant Initializes(Workspace workspace, string path)
    {
        var ours = workspace.Own(new OurSettings(path, isFull, SettingsSample.DeclareStart(0)));
        var stores = new[] { ours.Open(SettingsSample.DeclareStart(1)), ours.Store };
        var turn = 0;
        return new(Initialize, Repeated.Of(async passes =>
        {
            for (var i = 0; i < passes; i++)
            {
                await stores[turn++ & 1].InitializeAsync();
            }
        }))
        { Settle = ours.Checkpoint };
    }

    private Variant Writes(Workspace workspace, string path)
    {
        var ours = workspace.Own(new OurSettings(path, isFull, SettingsSample.DeclareStart(0)));
        var batches = new[] { Batch(1), Batch(2) };
        var turn = 0;
        return new(Write, Repeated.Of(async passes =>
        {
            for (var i = 0; i < passes; i++)
            {
                await ours.Store.WriteAsync(batches[turn++ & 1]);
            }
        }))
        { Settle = () => ours.Reset(SettingsSample.EmptyHistory) };
    }

    private static SettingsBatch Batch(int number)
    {
        var batch = new SettingsBatch(SettingsSample.Settings);
        for (var i = 0; i < SettingsSample.Settings; i++)
        {
            batch.Set(SettingsSample.StartKey(i), SampleData.ValueOf(number));
        }

        return batch;
    }
}
