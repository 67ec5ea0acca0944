using System.Diagnostics;
using DeployStack.Data.Benchmarks.Harness;
using DeployStack.Data.Benchmarks.Peers;
using DeployStack.Data.Migrations;

namespace DeployStack.Data.Benchmarks.Cases;

/// <summary>A thousand small migrations on an empty database.</summary>
internal sealed class MigrationsCase : Case
{
    private const string Ours = "DeployStack.Data, ApplyAsync";
    private const string Bare = "bare loop, one transaction per script";

    public override string Name => "migrations-apply";

    public override string Title => "Applying 1,000 small migrations, synchronous=FULL";

    public override string About => "An operation is one CREATE TABLE in a transaction of its own; ours writes the row of its history in the same transaction. Each turn takes an empty file, opened before.";

    public override string Reference => Bare;

    public override IReadOnlyList<Goal> Goals => [Goal.AtMost("1,000 small migrations: to the same SQL in bare transactions", Ours, Bare, static sample => sample.Cost, 2)];

    /// <summary>Scripts of one table each.</summary>
    public static (string Name, string Sql)[] Scripts(int count)
        => [.. Enumerable.Range(1, count).Select(static i => ($"{i:0000}_table.sql", $"CREATE TABLE t{i} (id INTEGER PRIMARY KEY, name TEXT NOT NULL);\n"))];

    public override IReadOnlyList<Variant> Open(Workspace workspace)
    {
        var scripts = Scripts(workspace.IsQuick ? 50 : 1000);
        var turns = 0;
        return
        [
            new(Bare, _ =>
            {
                using var bare = new BareLoop(workspace.PathOf($"bare-{++turns}.db"), isFull: true);
                return Measure(scripts.Length, () => Run(bare, scripts));
            }),
            new(Ours, _ =>
            {
                using var ours = new OurDatabase(workspace.PathOf($"ours-{++turns}.db"), isFull: true);
                ours.Database.OpenAsync().GetAwaiter().GetResult();
                var source = MigrationSource.FromScripts(scripts.ToDictionary(static each => each.Name, static each => each.Sql));
                var runner = MigrationRunnerFactory.Create(ours.Database, new MigrationOptions { Sources = { source } });
                return Measure(scripts.Length, () => runner.ApplyAsync().GetAwaiter().GetResult());
            }),
        ];
    }

    private static Sample Measure(int operations, Action work)
    {
        var allocated = GC.GetTotalAllocatedBytes(precise: true);
        var start = Stopwatch.GetTimestamp();
        work();
        var elapsed = Stopwatch.GetElapsedTime(start);
        return new(elapsed.TotalNanoseconds / operations) { Bytes = (double)(GC.GetTotalAllocatedBytes(precise: true) - allocated) / operations };
    }

    private static void Run(BareLoop bare, (string Name, string Sql)[] scripts)
    {
        foreach (var (_, sql) in scripts)
        {
            bare.Begin();
            bare.Execute(sql);
            bare.Commit();
        }
    }
}
