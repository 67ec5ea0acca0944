using System.Diagnostics;
using DeployStack.Data.Benchmarks.Harness;
using DeployStack.Data.Benchmarks.Peers;

namespace DeployStack.Data.Benchmarks.Cases;

/// <summary>Eight readers as fast as they can, while a writer commits 500 times a second.</summary>
internal sealed class ReadersCase : Case
{
    private const int Readers = 8;
    private const int WritesPerSecond = 500;
    private const string Ours = "DeployStack.Data";
    private const string Naive = "naive: pooled connection and command per call";

    public override string Name => "readers";

    public override string Title => "8 readers beside 500 writes a second";

    public override string About => "An operation is one point read as in \"Point read of a row\". Readers and writer have a thread each, which waits for the answer of the interface that it calls; "
        + "the writer upserts a row every 2 ms through the same interface as the readers. NORMAL.";

    public override string Reference => Naive;

    public override string LatencyOf => "writer";

    public override double TurnLength => 4;

    public override IReadOnlyList<Goal> Goals =>
    [
        Goal.Faster("8 readers with 500 writes/s: reads to naive", Ours, Naive, 2.5),
        Goal.AtMost("8 readers with 500 writes/s: writer's p99 to naive", Ours, Naive, static sample => sample.P99, 1),
    ];

    public override IReadOnlyList<Variant> Open(Workspace workspace)
    {
        var ours = workspace.Own(new OurDatabase(workspace.NewDatabase("ours", large: true), isFull: false));
        var pool = new PooledConnections(workspace.NewDatabase("naive", large: true), isFull: false);
        var naive = new NaivePeer(pool);
        var dapperPool = new PooledConnections(workspace.NewDatabase("dapper", large: true), isFull: false);
        var dapper = new DapperPeer(dapperPool);
        return
        [
            new(Naive, turn => Measure(turn, key => naive.Find(key), naive.Upsert)) { Settle = pool.Checkpoint },
            new("Dapper, pooled connection per call", turn => Measure(turn, key => dapper.Find(key), dapper.Upsert)) { Settle = dapperPool.Checkpoint },
            new(Ours, turn => Measure(
                turn,
                key => ours.Database.QuerySingleAsync<SettingRow>(SampleData.Find, new { key }).GetAwaiter().GetResult(),
                (key, value, now) => ours.Database.ExecuteAsync(SampleData.Upsert, new { key, value, now }).GetAwaiter().GetResult()))
            { Settle = ours.Checkpoint },
        ];
    }

    private static Sample Measure(TimeSpan turn, Action<string> read, Action<string, string, long> upsert)
    {
        var latencies = new Histogram();
        using var stop = new ManualResetEventSlim();
        var writer = new Thread(() => Write(latencies, stop, upsert));
        writer.Start();
        var sample = Callers.OnThreads(Readers, turn, i =>
        {
            var numbers = new Numbers(i);
            return () =>
            {
                numbers.Next();
                read(numbers.Key);
            };
        });
        stop.Set();
        writer.Join();
        return sample with { P50 = latencies.Percentile(0.50), P99 = latencies.Percentile(0.99) };
    }

    private static void Write(Histogram latencies, ManualResetEventSlim stop, Action<string, string, long> upsert)
    {
        var numbers = new Numbers(3);
        var start = Stopwatch.GetTimestamp();
        for (var i = 1; ; i++)
        {
            var wait = TimeSpan.FromSeconds((double)i / WritesPerSecond) - Stopwatch.GetElapsedTime(start);
            if (stop.Wait(wait > TimeSpan.Zero ? wait : TimeSpan.Zero))
            {
                return;
            }

            var begun = Stopwatch.GetTimestamp();
            var now = numbers.Next();
            upsert(numbers.Key, SampleData.ValueOf(now), now);
            latencies.Record((long)Stopwatch.GetElapsedTime(begun).TotalNanoseconds);
        }
    }
}
