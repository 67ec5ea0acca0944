using DeployStack.Data.Benchmarks.Harness;
using DeployStack.Data.Benchmarks.Peers;
using DeployStack.Data.Migrations.Rebuild;

namespace DeployStack.Data.Benchmarks.Cases;

/// <summary>A table is copied into a new definition, with its indexes; the proof of the copy is counted apart.</summary>
internal sealed class RebuildCase : Case
{
    private const string Ours = "DeployStack.Data, RebuildTableAsync, proof included";
    private const string Copying = "DeployStack.Data, the same plan without its checks";
    private const string Bare = "bare CREATE TABLE, INSERT … SELECT, CREATE INDEX";

    private const string Table = "CREATE TABLE items (id INTEGER PRIMARY KEY, code TEXT NOT NULL, value TEXT, n INTEGER, at REAL)";
    private const string Index = "CREATE INDEX items_code ON items (code)";
    private const string OtherIndex = "CREATE INDEX items_n ON items (n, at)";

    public override string Name => "rebuild";

    public override string Title => "Rebuild of a table of 1,000,000 rows with two indexes, synchronous=FULL";

    public override string About => "An operation rebuilds the table. The bare statements leave the old table alone; ours also drop it, put the copy in its place and make sure that every view and trigger still resolves.";

    public override string Reference => Bare;

    public override double TurnLength => 0.1; // an operation is longer than any turn

    public override IReadOnlyList<Goal> Goals =>
        [Goal.AtMost("copy and indexes of a rebuild: to the bare INSERT … SELECT with its index builds", Copying, Bare, static sample => sample.Cost, 1.5)];

    public override IReadOnlyList<Variant> Open(Workspace workspace)
    {
        var rows = workspace.IsQuick ? 100_000 : 1_000_000;
        var bare = workspace.Own(new BareLoop(Fill(workspace.PathOf("bare.db"), rows), isFull: true));
        bare.Execute("PRAGMA wal_autocheckpoint = 0"); // as for ours, whose checkpoints are not in the transaction
        var ours = workspace.Own(new OurDatabase(Fill(workspace.PathOf("ours.db"), rows), isFull: true));
        var copying = workspace.Own(new OurDatabase(Fill(workspace.PathOf("copying.db"), rows), isFull: true));
        return
        [
            new(Bare, Repeated.Of(passes => Repeat(passes, bare))) { Settle = () => Clear(bare) },
            new(Copying, Repeated.Of(passes => RepeatAsync(passes, () => CopyAsync(copying.Database)))) { Settle = copying.Checkpoint },
            new(Ours, Repeated.Of(passes => RepeatAsync(passes, () => ours.Database.RebuildTableAsync("items", Change)))) { Settle = ours.Checkpoint },
        ];
    }

    private static void Change(TableChange items) => items.ChangeType("n", "BIGINT");

    private static string Fill(string path, int rows)
    {
        using var database = new BareLoop(path, isFull: false);
        database.Execute($"""
            {Table};
            INSERT INTO items
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT {rows})
            SELECT i, 'code-' || (i * 7919 % 1000003), 'the value of item number ' || i, i % 1000, i / 3.0 FROM n;
            {Index};
            {OtherIndex};
            """);
        database.Checkpoint();
        return path;
    }

    private static void Copy(BareLoop bare)
    {
        bare.Begin();
        bare.Execute(Table.Replace("items", "copy", StringComparison.Ordinal));
        bare.Execute("INSERT INTO copy (id, code, value, n, at) SELECT id, code, value, n, at FROM items");
        bare.Execute(Index.Replace("items", "copy", StringComparison.Ordinal));
        bare.Execute(OtherIndex.Replace("items", "copy", StringComparison.Ordinal));
        bare.Commit();
    }

    private static void Clear(BareLoop bare)
    {
        bare.Execute("DROP TABLE IF EXISTS copy"); // cleared already, except where quick rounds do several passes in a turn
        bare.Checkpoint();
    }

    private static async Task CopyAsync(IDeployStackDatabase database)
    {
        var plan = await TableRebuild.PlanAsync(database, "items", Change);
        await database.ExecuteBatchAsync(
            [.. plan.Statements.Where(static statement => statement.Expectation is null)],
            new BatchOptions { ForeignKeysOff = plan.ForeignKeysOff, Durability = Durability.Full });
    }

    private static void Repeat(int passes, BareLoop bare)
    {
        for (var i = 0; i < passes; i++)
        {
            Clear(bare);
            Copy(bare);
        }
    }

    private static async Task RepeatAsync(int passes, Func<Task> operation)
    {
        for (var i = 0; i < passes; i++)
        {
            await operation();
        }
    }
}
