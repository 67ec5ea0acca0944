using DeployStack.Data.Benchmarks.Harness;
using DeployStack.Data.Benchmarks.Peers;

namespace DeployStack.Data.Benchmarks.Cases;

/// <summary>Many callers, each of which upserts one row in a transaction of its own and waits for the commit.</summary>
internal sealed class WritesCase(int callers, bool isFull) : Case
{
    private const string Ours = "DeployStack.Data";
    private const string Bare = "bare loop, one operation per commit";
    private const string Naive = "naive: pooled connection, command, transaction per call";
    private const string Lock = "writer lock: semaphore, one connection, prepared command";

    private static readonly Dictionary<(int Callers, bool IsFull), double> _reach = new()
    {
        [(64, true)] = 20,
        [(8, true)] = 5,
        [(64, false)] = 3,
        [(8, false)] = 1.3,
        [(1, false)] = 0.8,
    };

    public override string Name => $"writes-{(isFull ? "full" : "normal")}-{callers}";

    public override string Title => $"Single-row write transactions, {Who}, synchronous={(isFull ? "FULL" : "NORMAL")}";

    public override string About => "An operation is one upsert by key (1,000 keys of 10,000 rows), complete when it is committed. "
        + "The callers of blocking interfaces have a thread each, the others a loop on the thread pool; serial variants have one caller whatever the heading says.";

    public override string Reference => Bare;

    public override double TurnLength => 1.6;

    public override IReadOnlyList<Goal> Goals => [.. Reached()];

    private string Who => callers == 1 ? "1 caller" : $"{callers} callers";

    private string What => $"{Who}, {(isFull ? "FULL" : "NORMAL")}";

    public override IReadOnlyList<Variant> Open(Workspace workspace)
    {
        PooledConnections Pool(string name) => new(workspace.NewDatabase(name), isFull);
        var ours = workspace.Own(new OurDatabase(workspace.NewDatabase("ours"), isFull));
        var two = workspace.Own(new OurDatabase(workspace.NewDatabase("ours-two"), isFull));
        var bare = workspace.Own(new BareLoop(workspace.NewDatabase("bare"), isFull));
        var grouped = workspace.Own(new BareLoop(workspace.NewDatabase("bare-grouped"), isFull));
        var lockPool = Pool("lock");
        var writerLock = workspace.Own(new WriterLock(lockPool));
        var naivePool = Pool("naive");
        var naive = new NaivePeer(naivePool);
        var dapperPool = Pool("dapper");
        var dapper = new DapperPeer(dapperPool);
        var efPool = Pool("ef");
        var ef = new EfPeer(efPool);
        return
        [
            new(Bare, Repeated.Of(passes => Serial(bare, passes))) { Settle = bare.Checkpoint },
            new($"bare loop, {GroupSize} operations per commit (the limit)", Repeated.Of(passes => Grouped(grouped, passes), GroupSize)) { Settle = grouped.Checkpoint },
            new(Ours, turn => Callers.OnTasks(callers, turn, i => OneStatement(ours.Database, new(i)))) { Settle = ours.Checkpoint },
            new($"{Ours}, delegate with two statements", turn => Callers.OnTasks(callers, turn, i => TwoStatements(two.Database, new(i)))) { Settle = two.Checkpoint },
            new(Lock, turn => Callers.OnTasks(callers, turn, i => OneStatement(writerLock, new(i)))) { Settle = lockPool.Checkpoint },
            new(Naive, turn => Callers.OnThreads(callers, turn, i => Each(new(i), naive.Upsert))) { Settle = naivePool.Checkpoint },
            new("Dapper, pooled connection per call", turn => Callers.OnThreads(callers, turn, i => Each(new(i), dapper.Upsert))) { Settle = dapperPool.Checkpoint },
            new("EF Core, context per call, update by id", turn => Callers.OnThreads(callers, turn, i => Updates(ef, new(i)))) { Settle = efPool.Checkpoint },
            NodePeer.Variant(workspace, "upsert", workspace.NewDatabase("node"), isFull, $"{NodePeer.Name}, serial"),
        ];
    }

    private int GroupSize => Math.Max(callers, 2);

    private static Func<Task> OneStatement(IDeployStackDatabase database, Numbers numbers) => () =>
    {
        var now = numbers.Next();
        return database.ExecuteAsync(SampleData.Upsert, new { key = numbers.Key, value = SampleData.ValueOf(now), now });
    };

    private static Func<Task> OneStatement(WriterLock database, Numbers numbers) => () =>
    {
        var now = numbers.Next();
        return database.UpsertAsync(numbers.Key, SampleData.ValueOf(now), now);
    };

    private static Func<Task> TwoStatements(IDeployStackDatabase database, Numbers numbers) => () =>
    {
        numbers.Next();
        return database.WriteAsync(
            static async (session, numbers) =>
            {
                await session.ExecuteAsync(SampleData.Upsert, new { key = numbers.Key, value = SampleData.ValueOf(numbers.Now), now = numbers.Now });
                return await session.ExecuteAsync("UPDATE groups SET description = @description WHERE id = 1", new { description = SampleData.ValueOf(numbers.Now) });
            },
            numbers);
    };

    private static Action Each(Numbers numbers, Action<string, string, long> upsert) => () =>
    {
        var now = numbers.Next();
        upsert(numbers.Key, SampleData.ValueOf(now), now);
    };

    private static Action Updates(EfPeer ef, Numbers numbers) => () =>
    {
        var now = numbers.Next();
        ef.Update(numbers.Id, SampleData.ValueOf(now), now);
    };

    private static void Serial(BareLoop bare, int passes)
    {
        var numbers = new Numbers(0);
        for (var i = 0; i < passes; i++)
        {
            var now = numbers.Next();
            bare.Upsert(numbers.Key, SampleData.ValueOf(now), now);
        }
    }

    private void Grouped(BareLoop bare, int passes)
    {
        var numbers = new Numbers(0);
        for (var i = 0; i < passes; i++)
        {
            bare.Begin();
            for (var j = 0; j < GroupSize; j++)
            {
                var now = numbers.Next();
                bare.Upsert(numbers.Key, SampleData.ValueOf(now), now);
            }

            bare.Commit();
        }
    }

    private IEnumerable<Goal> Reached()
    {
        if (!_reach.TryGetValue((callers, isFull), out var times))
        {
            yield break;
        }

        yield return Goal.Faster($"{What}: throughput to the bare loop", Ours, Bare, times);
        if (callers == 64 && isFull)
        {
            yield return Goal.Faster($"{What}: throughput to naive", Ours, Naive, 60);
            yield return Goal.AtMost($"{What}: p99 to the writer lock's", Ours, Lock, static sample => sample.P99, 0.1);
            yield return Goal.AtMost($"{What}: lock errors", Ours, static sample => sample.LockErrors, 0, Text.Number);
        }

        yield return Goal.AtMost($"{What}: allocated per unit", Ours, static sample => sample.Bytes, 300, Text.Bytes);
    }
}
