using DeployStack.Data.Reliability.Faults;
using DeployStack.Data.Reliability.Support;
using DeployStack.Data.Sqlite;

namespace DeployStack.Data.Reliability.Groups;

/// <summary>A COMMIT whose sync fails: nobody can know, so nobody is told more than that, and nothing goes on unasked.</summary>
public sealed class OutcomeUnknownTests : IAsyncDisposable
{
    private const int Size = 8;

    private readonly ScenarioFolder _folder = new();
    private readonly FaultSite _site;
    private readonly TestDatabase _database;

    public OutcomeUnknownTests()
    {
        _site = FaultSite.At(_folder.Database());
        _database = new(_folder.Database(), static options =>
        {
            options.Pragmas.Synchronous = SqliteSynchronous.Full;
            options.Pragmas.WriterCacheKiB = 64;
            options.MaxGroupTime = TimeSpan.FromSeconds(5); // one group, also on a slow machine
        });
    }

    private string Path => _folder.Database();

    public async ValueTask DisposeAsync()
    {
        await _database.DisposeAsync();
        _site.Dispose();
        _folder.Passed();
        _folder.Dispose();
    }

    [Fact]
    public async Task Every_unit_of_the_group_is_told_and_none_is_run_again()
    {
        var ledger = await FailSyncAsync();

        Assert.Equal(Size, ledger.Count(Told.Unknown));
        Assert.All(ledger.Runs, static runs => Assert.Equal(1, runs));
        Assert.All(ledger.Errors, static error =>
        {
            var exception = Assert.IsType<DatabaseException>(error);
            Assert.Equal(DatabaseErrorKind.StorageIo, exception.Kind);
            Assert.Equal(FaultCodes.Sync, exception.NativeExtendedErrorCode);
            Assert.False(exception.IsTransient);
            Assert.Contains("may or may not", exception.Message, StringComparison.Ordinal);
            Assert.Contains("ReopenAsync", exception.Message, StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task Writes_stop_with_a_typed_error_and_reads_go_on()
    {
        await FailSyncAsync();

        var exception = await Assert.ThrowsAsync<DatabaseException>(() => new UnitGroup(_database, Size).RunUnitAsync(0));

        Assert.Equal(DatabaseErrorKind.StorageIo, exception.Kind);
        Assert.False(exception.OutcomeUnknown); // of this one it is known: it never ran
        Assert.False(exception.IsTransient);
        Assert.Contains("Writes are stopped", exception.Message, StringComparison.Ordinal);
        Assert.Equal(DatabaseErrorKind.StorageIo, _database.Engine.WritesStopped?.Kind);
        Assert.Equal(1, await _database.Database.ExecuteScalarAsync<long>("SELECT count(*) FROM earlier"));
        Assert.Equal(1, _site.Calls); // the storage was asked to sync once, and not again behind our back
    }

    [Fact]
    public async Task Units_that_were_waiting_are_refused_and_never_run()
    {
        await CreateAsync();
        Task? late = null;
        var runs = 0;
        await new UnitGroup(_database, Size).RunAsync(prepared: () =>
        {
            _site.Arm(new(FileCalls.Sync, FaultCodes.Sync) { Files = DatabaseFiles.Log });
            late = _database.Database.WriteAsync(
                async session =>
                {
                    runs++;
                    await session.ExecuteAsync("INSERT INTO earlier VALUES (2)");
                },
                new WriteOptions { RunOnce = true }); // behind the group, in a transaction of its own
        });

        var exception = await Assert.ThrowsAsync<DatabaseException>(() => late!);

        Assert.False(exception.OutcomeUnknown);
        Assert.Equal(0, runs);
    }

    [Fact]
    public async Task After_reopening_the_acknowledged_is_there_the_unknown_is_whole_or_absent_and_writes_go_on()
    {
        var ledger = await FailSyncAsync();
        _site.Disarm();

        await _database.Engine.ReopenAsync();

        Assert.Null(_database.Engine.WritesStopped);
        var again = await new UnitGroup(_database, Size).RunAsync();
        Assert.Equal(Size, again.Count(Told.Committed));
        Assert.Equal(1, await _database.Database.ExecuteScalarAsync<long>("SELECT count(*) FROM earlier"));
        await _database.DisposeAsync();
        using var raw = new RawDatabase(Path);
        Assert.Empty(raw.Damage());
        Assert.All(raw.Rows("SELECT times FROM applied"), static row => Assert.InRange((long)row[0], 1, 2)); // 2: the unknown one was there
        Assert.Equal(0, raw.Number("SELECT count(*) FROM (SELECT unit FROM parts GROUP BY unit, part HAVING count(*) <> (SELECT times FROM applied WHERE applied.unit = parts.unit))"));
    }

    [Fact]
    public async Task A_crash_after_the_failed_sync_finds_units_that_the_process_itself_does_not_see()
    {
        var ledger = await FailSyncAsync();
        _site.Disarm();
        var seen = await _database.Database.ExecuteScalarAsync<long>("SELECT sum(times) FROM applied");

        // What a power cut leaves if the pages reached the disk all the same. A copy of a live file is allowed here: this
        // process is its only user and writes are stopped.
        var image = _folder.Database("image.db");
        File.Copy(Path, image);
        File.Copy(Path + "-wal", image + "-wal");

        Assert.Equal(0, seen);
        using (var raw = new RawDatabase(image))
        {
            Assert.Equal(Size, raw.Number("SELECT sum(times) FROM applied"));
        }

        Assert.Empty(GroupChecker.Violations(image, ledger));
        var plain = ledger with { Units = [.. ledger.Units.Select(static _ => Told.NotCommitted)] };
        Assert.Equal(Size, GroupChecker.Violations(image, plain).Count); // had the engine said "failed", it would have lied
    }

    [Fact]
    public async Task Reopening_a_damaged_database_reports_it_and_writes_stay_stopped()
    {
        await FailSyncAsync();
        _site.Disarm();
        await _database.Engine.CheckpointAsync(); // nothing but the file itself counts from here on
        using (var file = new FileStream(Path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
        {
            var pages = file.Length / 4096;
            file.Position = (pages - 1) * 4096;
            file.Write(Enumerable.Repeat((byte)0xA5, 4096).ToArray());
        }

        var exception = await Assert.ThrowsAsync<DatabaseException>(() => _database.Engine.ReopenAsync());

        Assert.Equal(DatabaseErrorKind.Corrupt, exception.Kind);
        Assert.NotNull(_database.Engine.WritesStopped);
        var refused = await Assert.ThrowsAsync<DatabaseException>(() => new UnitGroup(_database, Size).RunUnitAsync(0));
        Assert.Contains("Writes are stopped", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sync_that_fails_at_every_place_of_a_commit_is_never_reported_as_a_plain_failure()
    {
        await CreateAsync();
        for (var n = 1; ; n++)
        {
            var ledger = await new UnitGroup(_database, Size).RunAsync(prepared: () => _site.Arm(new(FileCalls.Sync, FaultCodes.Sync) { Files = DatabaseFiles.Log, At = n }));
            if (_site.Hits == 0)
            {
                Assert.True(n > 1);
                return;
            }

            Assert.Equal(Size, ledger.Count(Told.Unknown));
            _site.Disarm();
            await _database.Engine.ReopenAsync();
        }
    }

    [Fact]
    public async Task A_sync_that_fails_before_the_commit_stops_writes_too_and_of_these_units_it_is_known_that_they_failed()
    {
        await CreateAsync();
        await _database.Engine.CheckpointAsync(); // the log begins anew: its header is synced as soon as pages go there
        var runs = 0;
        var ledger = await new UnitGroup(_database, Size).RunAsync(
            prepared: () => _site.Arm(new(FileCalls.Sync, FaultCodes.Sync) { Files = DatabaseFiles.Log }),
            run: unit => _database.Database.WriteAsync(async session =>
            {
                runs++;
                await session.ExecuteAsync("UPDATE applied SET times = times + 1 WHERE unit = @unit", new { unit });
                await session.ExecuteAsync("INSERT INTO parts (unit, part, body) SELECT 900, value, zeroblob(8000) FROM json_each('[1, 2, 3, 4]')"); // more than the cache holds
            }));

        Assert.Equal(DatabaseErrorKind.StorageIo, _database.Engine.WritesStopped?.Kind);
        Assert.Equal(Size, ledger.Count(Told.NotCommitted));
        Assert.InRange(runs, 1, Size); // nobody was run again on a disk that has just failed
        Assert.Equal(0, await _database.Database.ExecuteScalarAsync<long>("SELECT sum(times) FROM applied"));
    }

    private async Task CreateAsync()
    {
        await UnitGroup.CreateAsync(_database, Size);
        await _database.Database.ExecuteBatchAsync([new("CREATE TABLE earlier (v INTEGER)"), new("INSERT INTO earlier VALUES (1)")]);
    }

    private async Task<Ledger> FailSyncAsync()
    {
        await CreateAsync();
        return await new UnitGroup(_database, Size).RunAsync(prepared: () => _site.Arm(new(FileCalls.Sync, FaultCodes.Sync) { Files = DatabaseFiles.Log, Persistent = true }));
    }
}
