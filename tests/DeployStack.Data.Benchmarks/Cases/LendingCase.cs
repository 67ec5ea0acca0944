using System.Diagnostics;
using DeployStack.Data.Benchmarks.Harness;
using DeployStack.Data.Benchmarks.Peers;
using DeployStack.Data.Sqlite;
using DeployStack.Data.Sqlite.Connections;
using DeployStack.Data.Sqlite.Handles;
using DeployStack.Data.Sqlite.Reading;
using DeployStack.Data.Sqlite.Writing;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace DeployStack.Data.Benchmarks.Cases;

/// <summary>Getting a connection and giving it back, with nothing in between.</summary>
internal sealed class LendingCase : Case
{
    private const string Rent = "DeployStack.Data, rent and return of a reader inside the engine";
    private const string Empty = "DeployStack.Data, empty ReadAsync";
    private const string Lent = "DeployStack.Data, connection of the DbDataSource";
    private const string Pooled = "SqliteConnection, pooled: open and close";

    public override string Name => "lending";

    public override string Title => "Lending a reader";

    public override string About => "An operation rents a connection and gives it back. Inside the engine that is: take a reader, look whether its snapshot is still the newest, give it back. ReadAsync does it with a unit, a session and a task around it. The DbDataSource opens a physical connection for other code, sets it and reads its settings back each time, because a pool would hand on what the last borrower changed.";

    public override string Reference => Pooled;

    public override IReadOnlyList<Goal> Goals =>
    [
        Goal.AtMost("lending a reader: rent and return to a pooled SqliteConnection", Rent, Pooled, static sample => sample.Cost, 0.3),
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
            new(Rent, RentAndReturn(workspace, path)),
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

    private static Func<TimeSpan, Sample> RentAndReturn(Workspace workspace, string path)
    {
        var settings = SqliteSettings.From(new() { Path = path });
        var factory = new ConnectionFactory(settings, NullLogger.Instance);
        var readers = workspace.Own(new ReaderSet(1, settings.AcquireTimeout, TimeProvider.System, static (_, _) => new TimeoutException()));
        var unit = new MaintenanceUnit<int>(static _ => 0, CancellationToken.None);
        readers.TryRent(unit, out _);
        var opened = new Reader(new SqliteHandle(factory.Open(ConnectionRole.Reader), ConnectionRole.Reader, settings), settings);
        readers.Opened(opened);
        readers.TryGiveBack(opened, out _);
        return Repeated.Of(passes =>
        {
            var now = Stopwatch.GetTimestamp();
            for (var i = 0; i < passes; i++)
            {
                readers.TryRent(unit, out var reader);
                reader!.BeginUnit(unit, now);
                reader.EndUnit(failed: false);
                readers.TryGiveBack(reader, out _);
            }
        });
    }
}
