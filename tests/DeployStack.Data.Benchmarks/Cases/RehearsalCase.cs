using System.Diagnostics;
using DeployStack.Data.Benchmarks.Harness;
using DeployStack.Data.Benchmarks.Peers;
using DeployStack.Data.Migrations;

namespace DeployStack.Data.Benchmarks.Cases;

/// <summary>A writer that writes once in a millisecond, alone and beside the rehearsal of a migration.</summary>
internal sealed class RehearsalCase : Case
{
    private const string Alone = "writer alone";
    private const string Beside = "writer beside a rehearsal";
    private const int BallastBytes = 100_000;

    public override string Name => "rehearsal";

    public override string Title => "Writing while a migration is rehearsed on a copy of 500 MB";

    public override string About => "An operation is an upsert by key with its commit, begun about once in a millisecond by one caller; the turn beside a rehearsal ends with it. The rehearsal copies the database, adds a column and an index, counts all rows before and after, and checks integrity. Both share the machine, so the difference is what the rehearsal adds.";

    public override string Reference => Alone;

    public override double TurnLength => 8;

    public override IReadOnlyList<Goal> Goals =>
    [
        new(
            "rehearsal of 500 MB: what it adds to a writer's p99",
            [Beside, Alone],
            static run => run.Values(Beside, static sample => sample.P99).Zip(run.Values(Alone, static sample => sample.P99), static (beside, alone) => Math.Max(beside - alone, 0)),
            20e6,
            false,
            Text.Time),
    ];

    public override IReadOnlyList<Variant> Open(Workspace workspace)
    {
        var ours = workspace.Own(new OurDatabase(workspace.NewDatabase("rehearsal"), isFull: false));
        Fill(ours.Database, workspace.IsQuick ? 10 : 500).GetAwaiter().GetResult();
        ours.Checkpoint();
        var runner = MigrationRunnerFactory.Create(ours.Database, new()
        {
            Sources =
            {
                MigrationSource.FromScripts(new Dictionary<string, string>
                {
                    ["0001_note.sql"] = "ALTER TABLE settings ADD COLUMN note TEXT; CREATE INDEX settings_updated ON settings (updated_at);",
                }),
            },
        });
        return
        [
            new(Alone, turn => Write(ours.Database, Task.Delay(turn))) { Settle = ours.Checkpoint },
            new(Beside, _ => Write(ours.Database, RehearseAsync(runner))) { Settle = ours.Checkpoint },
        ];
    }

    private static async Task Fill(IDeployStackDatabase database, int megabytes)
    {
        await database.ExecuteBatchAsync([new("CREATE TABLE ballast (id INTEGER PRIMARY KEY, content BLOB NOT NULL)")]);
        for (var i = 0; i < megabytes; i += 10)
        {
            await database.ExecuteAsync(
                $"WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {10_000_000 / BallastBytes}) INSERT INTO ballast (content) SELECT randomblob({BallastBytes}) FROM n");
        }
    }

    private static async Task RehearseAsync(IMigrationRunner runner)
    {
        var report = await runner.RehearseAsync();
        if (!report.Passed || report.Migrations.Count != 1)
        {
            throw new InvalidOperationException("The rehearsal failed.", report.Failure);
        }
    }

    private static Sample Write(IDeployStackDatabase database, Task meanwhile)
    {
        var latencies = new Histogram();
        var numbers = new Numbers(0);
        var operations = 0;
        var start = Stopwatch.GetTimestamp();
        while (!meanwhile.IsCompleted)
        {
            var now = numbers.Next();
            var begun = Stopwatch.GetTimestamp();
            database.ExecuteAsync(SampleData.Upsert, new { key = numbers.Key, value = SampleData.ValueOf(now), now }).GetAwaiter().GetResult();
            latencies.Record((long)Stopwatch.GetElapsedTime(begun).TotalNanoseconds);
            operations++;
            Thread.Sleep(1);
        }

        meanwhile.GetAwaiter().GetResult();
        return new(Stopwatch.GetElapsedTime(start).TotalNanoseconds / operations) { P50 = latencies.Percentile(0.50), P99 = latencies.Percentile(0.99) };
    }
}
