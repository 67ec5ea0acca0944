using DeployStack.Data.Benchmarks.Harness;
using DeployStack.Data.Benchmarks.Peers;

namespace DeployStack.Data.Benchmarks.Cases;

/// <summary>Three groups and seventeen settings, all or nothing.</summary>
internal sealed class BatchCase(bool isFull) : Case
{
    private const string Ours = "DeployStack.Data, ExecuteBatchAsync";
    private const string Bare = "bare loop, one transaction";

    public override string Name => $"batch-{(isFull ? "full" : "normal")}";

    public override string Title => $"Batch of 3 groups and 17 settings, synchronous={(isFull ? "FULL" : "NORMAL")}";

    public override string About => "An operation writes twenty rows by upsert; one caller.";

    public override string Reference => Bare;

    public override IReadOnlyList<Variant> Open(Workspace workspace)
    {
        PooledConnections Pool(string name) => new(workspace.NewDatabase(name), isFull);
        var ours = workspace.Own(new OurDatabase(workspace.NewDatabase("ours"), isFull));
        var bare = workspace.Own(new BareLoop(workspace.NewDatabase("bare"), isFull));
        var dapperPool = Pool("dapper");
        var dapper = new DapperPeer(dapperPool);
        var naivePool = Pool("naive");
        var naive = new NaivePeer(naivePool);
        var batch = new SettingsBatch();
        return
        [
            new(Bare, Repeated.Of(passes => Repeat(passes, () => Write(bare, batch.Next())))) { Settle = bare.Checkpoint },
            new(Ours, Repeated.Of(async passes =>
            {
                for (var i = 0; i < passes; i++)
                {
                    await ours.Database.ExecuteBatchAsync(Statements(batch.Next()));
                }
            }))
            { Settle = ours.Checkpoint },
            new("Dapper, lists in a transaction", Repeated.Of(passes => Repeat(passes, () => dapper.WriteBatch(batch.Next())))) { Settle = dapperPool.Checkpoint },
            new("naive: each statement commits by itself", Repeated.Of(passes => Repeat(passes, () => naive.WriteBatch(batch.Next())))) { Settle = naivePool.Checkpoint },
            NodePeer.Variant(workspace, "batch", workspace.NewDatabase("node"), isFull, $"{NodePeer.Name}, one transaction"),
        ];
    }

    private static void Repeat(int passes, Action write)
    {
        for (var i = 0; i < passes; i++)
        {
            write();
        }
    }

    private static SqlStatement[] Statements(SettingsBatch batch)
        => [.. batch.Groups.Select(static group => new SqlStatement(SampleData.UpsertGroup, group)),
            .. batch.Settings.Select(static setting => new SqlStatement(SampleData.Upsert, setting))];

    private static void Write(BareLoop bare, SettingsBatch batch)
    {
        bare.Begin();
        foreach (var group in batch.Groups)
        {
            bare.UpsertGroup(group.Name, group.Description);
        }

        foreach (var setting in batch.Settings)
        {
            bare.Upsert(setting.Key, setting.Value, setting.Now);
        }

        bare.Commit();
    }
}
