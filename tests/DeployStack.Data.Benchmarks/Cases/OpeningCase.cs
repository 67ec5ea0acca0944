using DeployStack.Data.Benchmarks.Harness;
using DeployStack.Data.Sqlite;
using DeployStack.Data.Sqlite.Connections;
using DeployStack.Data.Sqlite.Handles;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace DeployStack.Data.Benchmarks.Cases;

/// <summary>Opening a physical connection of a reader, with all its settings.</summary>
internal sealed class OpeningCase : Case
{
    private const string Peer = "SqliteConnection, unpooled, the same pragmas in one command";
    private const string Settings = "DeployStack.Data, opened and set";
    private const string Connection = "DeployStack.Data, with read-back and probes";
    private const string Handle = "DeployStack.Data, the whole handle: first read, wal-index, progress handler as well";

    public override string Name => "opening";

    public override string Title => "Opening a handle with all pragmas";

    public override string About => "An operation opens a reading connection, gives it its settings and closes it again. The engine does so once for each reader in the life of a database.";

    public override string Reference => Peer;

    public override IReadOnlyList<Goal> Goals =>
        [Goal.AtMost("opening a handle: to an unpooled SqliteConnection with the same pragmas", Settings, Peer, static sample => sample.Cost, 1.2)];

    public override IReadOnlyList<Variant> Open(Workspace workspace)
    {
        var settings = SqliteSettings.From(new() { Path = workspace.NewDatabase("opening") });
        var factory = new ConnectionFactory(settings, NullLogger.Instance);
        var text = factory.ConnectionText(ConnectionRole.Reader);
        var script = PragmaPlan.For(settings, ConnectionRole.Reader).Script;
        return
        [
            new(Peer, Each(() => OpenByCommand(text, script))),
            new(Settings, Each(() => OpenAndSet(factory, settings.BusyTimeout, script))),
            new(Connection, Each(() => factory.Open(ConnectionRole.Reader).Dispose())),
            new(Handle, Each(() => new SqliteHandle(factory.Open(ConnectionRole.Reader), ConnectionRole.Reader, settings).Dispose())),
        ];
    }

    private static void OpenByCommand(string text, string script)
    {
        using var connection = new SqliteConnection(text);
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = script;
        command.ExecuteNonQuery();
    }

    // What ConnectionFactory.Open does between the open and the reading back.
    private static void OpenAndSet(ConnectionFactory factory, TimeSpan busyTimeout, string script)
    {
        using var connection = new SqliteConnection(factory.ConnectionText(ConnectionRole.Reader));
        connection.Open();
        Native.SetBusyTimeout(connection, busyTimeout);
        Native.Harden(connection);
        Native.Execute(connection, script);
    }

    private static Func<TimeSpan, Sample> Each(Action open) => Repeated.Of(passes =>
    {
        for (var i = 0; i < passes; i++)
        {
            open();
        }
    });
}
