using DeployStack.Data.Benchmarks.Harness;
using DeployStack.Data.Benchmarks.Peers;
using Microsoft.Data.Sqlite;

namespace DeployStack.Data.Benchmarks.Cases;

/// <summary>Getting a connection and giving it back, with nothing in between.</summary>
internal sealed class LendingCase : Case
{
    private const string Empty = "DeployStack.Data, empty ReadAsync";
    private const string Lent = "DeployStack.Data, connection of the DbDataSource";
    private const string Pooled = "SqliteConnection, pooled: open and close";

    public override string Name => "lending";

    public override string Title => "Lending a reader";

    public override string About => "An operation rents a connection and gives it back. ReadAsync does it with a session and a task around it; the DbDataSource lends a connection of its own class for other code.";

    public override string Reference => Pooled;

    public override IReadOnlyList<Goal> Goals =>
    [
        Goal.AtMost("lending a reader: empty ReadAsync to a pooled SqliteConnection", Empty, Pooled, static sample => sample.Cost, 0.3),
        Goal.AtMost("lending a reader: DbDataSource to a pooled SqliteConnection", Lent, Pooled, static sample => sample.Cost, 0.3),
    ];

    public override IReadOnlyList<Variant> Open(Workspace workspace)
    {
        var path = workspace.NewDatabase("lending");
        var ours = workspace.Own(new OurDatabase(path, isFull: false));
        var connectionString = new SqliteConnectionStringBuilder { DataSource = path }.ToString();
        return
        [
            new(Pooled, Repeated.Of(passes =>
            {
                for (var i = 0; i < passes; i++)
                {
                    using var connection = new SqliteConnection(connectionString);
                    connection.Open();
                }
            })),
            new(Empty, Repeated.Of(async passes =>
            {
                for (var i = 0; i < passes; i++)
                {
                    await ours.Database.ReadAsync(static (_, _) => new ValueTask<int>(0), 0);
                }
            })),
            new(Lent, Repeated.Of(passes =>
            {
                for (var i = 0; i < passes; i++)
                {
                    using var connection = ours.DataSource.OpenConnection();
                }
            })),
        ];
    }
}
