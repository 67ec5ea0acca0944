using DeployStack.Data.Provider;
using DeployStack.Data.Sqlite.Connections;
using DeployStack.Data.Sqlite.Handles;
using DeployStack.Data.Sqlite.Reading;
using Microsoft.Extensions.Logging.Abstractions;

namespace DeployStack.Data.Sqlite.Tests.Reading;

public sealed class ReaderSetTests
{
    private const int Readers = 16;
    private const int Rounds = 60;

    [Fact]
    public async Task A_checkpoint_touches_no_reader_that_is_being_closed()
    {
        await using var sqlite = new TemporarySqlite();
        await sqlite.CreateTableAsync();
        var settings = SqliteSettings.From(new SqliteOptions { Path = sqlite.Path, Profile = SqliteProfile.Testing });
        var factory = new ConnectionFactory(settings, NullLogger.Instance);
        var unit = await UnitAsync();
        for (var round = 0; round < Rounds; round++)
        {
            var set = new ReaderSet(Readers, TimeSpan.FromSeconds(1), TimeProvider.System, static (_, _) => new TimeoutException());
            var readers = Enumerable.Range(0, Readers).Select(_ => Rent(set, unit, settings, factory)).ToList();
            Assert.All(readers, reader => Assert.True(set.TryGiveBack(reader, out _)));

            using var start = new Barrier(2);
            var writer = Task.Run(() =>
            {
                start.SignalAndWait();
                set.MakeWay(forCheckpoint: true);
            });
            start.SignalAndWait();
            set.Dispose();
            await writer;
        }
    }

    // with a snapshot, which a checkpoint ends
    private static Reader Rent(ReaderSet set, UnitOfWork unit, SqliteSettings settings, ConnectionFactory factory)
    {
        Assert.True(set.TryRent(unit, out var none));
        Assert.Null(none);
        var reader = new Reader(new SqliteHandle(factory.Open(ConnectionRole.Reader), ConnectionRole.Reader, settings), settings);
        set.Opened(reader);
        reader.BeginUnit(unit, System.Diagnostics.Stopwatch.GetTimestamp());
        Assert.True(reader.HasSnapshot);
        return reader;
    }

    // any unit serves: it is never run
    private static async Task<UnitOfWork> UnitAsync()
    {
        await using var catcher = new UnitCatcher();
        await using var database = DeployStack.Data.Sessions.DatabaseFactory.Create(catcher);
        _ = database.ReadAsync(static session => session.ExecuteScalarAsync<long>("SELECT 1"));
        return catcher.Unit!;
    }

    private sealed class UnitCatcher : DatabaseProvider
    {
        public UnitOfWork? Unit { get; private set; }

        public override DatabaseCapabilities Capabilities { get; } = new() { SystemName = "none", InteractiveTransactions = true, SnapshotReads = true, MaxParameters = 1 };

        public override string DatabaseNamespace => "none";

        public override Task OpenAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public override void Submit(UnitOfWork unit) => Unit = unit;

        public override Task<BatchResult> ExecuteBatchAsync(Batch batch, CancellationToken cancellationToken) => throw new NotSupportedException();

        public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

        public override void Dispose()
        {
        }
    }
}
