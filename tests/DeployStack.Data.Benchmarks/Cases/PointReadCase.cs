using DeployStack.Data.Benchmarks.Harness;
using DeployStack.Data.Benchmarks.Peers;

namespace DeployStack.Data.Benchmarks.Cases;

/// <summary>One caller reads one row by its key, again and again.</summary>
internal sealed class PointReadCase : Case
{
    private const string Ours = "DeployStack.Data, QuerySingleAsync";
    private const string Dapper = "Dapper, pooled connection per call";
    private const string Bare = "bare loop, a transaction for each read";

    public override string Name => "point-read";

    public override string Title => "Point read of a row";

    public override string About => "An operation reads one row of five columns by its unique text key (1,000 keys of 100,000 rows) into a record, with everything between the caller and the row: dispatch, rent of the connection, parameter, mapping.";

    public override string Reference => Bare;

    public override IReadOnlyList<Goal> Goals =>
    [
        Goal.Faster("point read: times faster than Dapper", Ours, Dapper, 2.5),
        Goal.Faster("point read: times faster than Dapper", Ours, Dapper, 7) with { IsStretch = true },
        Goal.Faster("point read: times faster than better-sqlite3", Ours, NodePeer.Name, 1),
        Goal.AtMost("point read: allocations to Dapper's", Ours, Dapper, static sample => sample.Bytes, 0.5),
    ];

    public override IReadOnlyList<Variant> Open(Workspace workspace)
    {
        var path = workspace.NewDatabase("read", large: true);
        var pool = new PooledConnections(path, isFull: false);
        var ours = workspace.Own(new OurDatabase(path, isFull: false)).Database;
        var bare = workspace.Own(new BareLoop(path, isFull: false));
        var open = workspace.Own(new BareLoop(workspace.NewDatabase("open", large: true), isFull: false));
        open.Execute("BEGIN");
        var naive = new NaivePeer(pool);
        var dapper = new DapperPeer(pool);
        var ef = new EfPeer(pool);
        return
        [
            new(Bare, Repeated.Of(Each(key => bare.Find(key)))),
            new("bare loop, one open transaction (the limit)", Repeated.Of(Each(key => open.Find(key)))),
            new(Ours, Repeated.Of(Each(key => ours.QuerySingleAsync<SettingRow>(SampleData.Find, new { key })))),
            new("DeployStack.Data, ReadAsync with a delegate", Repeated.Of(Each(key => ours.ReadAsync(static (session, key) => session.QuerySingleAsync<SettingRow>(SampleData.Find, new { key }), key)))),
            new("Microsoft.Data.Sqlite, pooled connection and command per call", Repeated.Of(Each(key => naive.Find(key)))),
            new(Dapper, Repeated.Of(Each(key => dapper.Find(key)))),
            new("EF Core, compiled query, context per call", Repeated.Of(Each(key => ef.Find(key)))),
            NodePeer.Variant(workspace, "find", path, isFull: false),
        ];
    }

    /// <summary>Repeats a blocking read.</summary>
    public static Action<int> Each<T>(Func<string, T> read) => passes =>
    {
        for (var i = 0; i < passes; i++)
        {
            GC.KeepAlive(read(SampleData.HotKeys[i * 7 % SampleData.Hot]));
        }
    };

    /// <summary>Repeats an asynchronous read.</summary>
    public static Func<int, Task> Each<T>(Func<string, Task<T>> read) => async passes =>
    {
        for (var i = 0; i < passes; i++)
        {
            GC.KeepAlive(await read(SampleData.HotKeys[i * 7 % SampleData.Hot]));
        }
    };
}
