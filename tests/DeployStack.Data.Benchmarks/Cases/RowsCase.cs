using DeployStack.Data.Benchmarks.Harness;
using DeployStack.Data.Benchmarks.Peers;

namespace DeployStack.Data.Benchmarks.Cases;

/// <summary>One query of 100,000 rows, each made an object.</summary>
internal sealed class RowsCase : Case
{
    private const string Ours = "DeployStack.Data, QueryAsync into records";
    private const string Dapper = "Dapper into a class";
    private const string Bare = "bare loop";
    private const string Node = NodePeer.Name + ", .all()";

    public override string Name => "rows";

    public override string Title => "100,000 rows mapped to records";

    public override string About => $"An operation is one row of five columns, two of them text; the rows of a query come as a list. The strings alone are {SampleData.StringBytes} bytes a row.";

    public override string Reference => Bare;

    public override IReadOnlyList<Goal> Goals =>
    [
        Goal.Faster("100,000 rows: times faster than Dapper (into a class, its fastest)", Ours, Dapper, 1.8),
        Goal.Faster("100,000 rows: times faster than better-sqlite3's .all()", Ours, Node, 3),
        Goal.AtMost("100,000 rows: bytes per row beyond the strings", Ours, static sample => sample.Bytes - SampleData.StringBytes, 250, Text.Bytes),
    ];

    public override IReadOnlyList<Variant> Open(Workspace workspace)
    {
        var path = workspace.NewDatabase("rows", large: true);
        var pool = new PooledConnections(path, isFull: false);
        var ours = workspace.Own(new OurDatabase(path, isFull: false)).Database;
        var bare = workspace.Own(new BareLoop(path, isFull: false));
        var naive = new NaivePeer(pool);
        var dapper = new DapperPeer(pool);
        var ef = new EfPeer(pool);
        return
        [
            new(Bare, Repeat(() => bare.All().Count)),
            new(Ours, Repeated.Of(
                async passes =>
                {
                    for (var i = 0; i < passes; i++)
                    {
                        Check((await ours.QueryAsync<SettingRow>(SampleData.All)).Count);
                    }
                },
                SampleData.LargeRows)),
            new("Microsoft.Data.Sqlite, hand-written", Repeat(() => naive.All().Count)),
            new(Dapper, Repeat(() => dapper.AllItems().Count)),
            new("Dapper into a record", Repeat(() => dapper.AllRows().Count)),
            new("EF Core, no tracking", Repeat(() => ef.All().Count)),
            NodePeer.Variant(workspace, "all", path, isFull: false, Node),
        ];
    }

    private static Func<TimeSpan, Sample> Repeat(Func<int> read) => Repeated.Of(
        passes =>
        {
            for (var i = 0; i < passes; i++)
            {
                Check(read());
            }
        },
        SampleData.LargeRows);

    private static void Check(int rows)
    {
        if (rows != SampleData.LargeRows)
        {
            throw new InvalidOperationException($"{rows} rows were read.");
        }
    }
}
