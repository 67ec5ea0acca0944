using DeployStack.Data.Benchmarks.Harness;
using DeployStack.Data.Sqlite;
using DeployStack.Data.Sqlite.Connections;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace DeployStack.Data.Benchmarks.Cases;

/// <summary>Opening a physical connection of a reader, with all its settings.</summary>
internal sealed class OpeningCase : Case
{
    private const string Complete = "DeployStack.Data, with read-back and probes";
    private const string Peer = "SqliteConnection, unpooled, the same pragmas in one command";

    public override string Name => "opening";

    public override string Title => "Opening a handle with all pragmas";

    public override string About => "An operation opens a reading connection, gives it its settings and closes it again.";

    public override string Reference => Peer;

    public override IReadOnlyList<Variant> Open(Workspace workspace)
    {
        var settings = SqliteSettings.From(new() { Path = workspace.NewDatabase("opening") });
        var factory = new ConnectionFactory(settings, NullLogger.Instance);
        var text = factory.ConnectionText(ConnectionRole.Reader);
        var script = PragmaPlan.For(settings, ConnectionRole.Reader).Script;
        return
        [
            new(Peer, Repeated.Of(passes => Repeat(passes, () => OpenByCommand(text, script)))),
            new(Complete, Repeated.Of(passes => Repeat(passes, () => factory.Open(ConnectionRole.Reader).Dispose()))),
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

    private static void Repeat(int passes, Action open)
    {
        for (var i = 0; i < passes; i++)
        {
            open();
        }
    }
}
