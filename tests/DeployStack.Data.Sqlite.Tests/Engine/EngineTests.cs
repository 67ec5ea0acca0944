namespace DeployStack.Data.Sqlite.Tests.Engine;

public sealed class EngineTests
{
    [Fact]
    public async Task Statistics_tell_file_pages_and_log()
    {
        await using var sqlite = new TemporarySqlite();
        await sqlite.CreateTableAsync();
        var statistics = await sqlite.Engine.GetStatisticsAsync();
        Assert.Equal(4_096, statistics.PageSize);
        Assert.True(statistics.PageCount >= 3, statistics.ToString());
        Assert.True(statistics.WalSize > 0, statistics.ToString());
        await sqlite.Engine.CheckpointAsync();
        statistics = await sqlite.Engine.GetStatisticsAsync();
        Assert.Equal((statistics.PageCount * 4_096, 0L), (statistics.FileSize, statistics.WalSize));
    }

    [Fact]
    public async Task The_log_is_cut_to_nothing_when_the_writer_is_idle()
    {
        await using var sqlite = new TemporarySqlite(options => options.WalTruncateIdle = TimeSpan.FromMilliseconds(20));
        await sqlite.CreateTableAsync();
        await Eventually.TrueAsync(() => new FileInfo(sqlite.Path + "-wal").Length == 0, "the log was not truncated");
    }

    [Fact]
    public async Task The_log_stays_bounded_under_writes()
    {
        await using var sqlite = new TemporarySqlite(options => options.CheckpointPages = 50);
        await sqlite.Database.ExecuteAsync("CREATE TABLE blobs (data BLOB)");
        for (var i = 0; i < 400; i++)
        {
            await sqlite.Database.ExecuteAsync("INSERT INTO blobs (data) VALUES (zeroblob(8000))");
        }

        // Every 50 pages a checkpoint lets the log start over: 400 rows of 2 to 3 pages would be some 5 MB otherwise.
        Assert.True(new FileInfo(sqlite.Path + "-wal").Length < 1_500_000, $"{new FileInfo(sqlite.Path + "-wal").Length}");
    }

    [Fact]
    public async Task The_writer_can_be_asked_who_holds_it()
    {
        await using var sqlite = new TemporarySqlite();
        await sqlite.CreateTableAsync();
        var inside = new TaskCompletionSource();
        var leave = new TaskCompletionSource();
        var unit = sqlite.Database.WriteAsync(
            async s =>
            {
                await s.ExecuteAsync("INSERT INTO items (name) VALUES ('held')");
                inside.SetResult();
                await leave.Task;
            },
            new WriteOptions { Label = "the holder", RunOnce = true });
        await inside.Task;
        var waiting = sqlite.Database.ExecuteAsync("INSERT INTO items (name) VALUES ('waits')");

        var status = sqlite.Engine.GetWriterStatus();
        leave.SetResult();
        await Task.WhenAll(unit, waiting);

        Assert.True(status.IsHeld);
        Assert.Equal(("the holder", "INSERT INTO items (name) VALUES ('held')", 1), (status.Label, status.Sql, status.QueueLength));
        Assert.False(sqlite.Engine.GetWriterStatus().IsHeld);
    }

    [Fact]
    public async Task A_unit_whose_deadline_passes_in_the_queue_is_told_who_held_the_writer()
    {
        await using var sqlite = new TemporarySqlite();
        await sqlite.CreateTableAsync();
        var inside = new TaskCompletionSource();
        var leave = new TaskCompletionSource();
        var unit = sqlite.Database.WriteAsync(
            async s =>
            {
                inside.SetResult();
                await leave.Task;
            },
            new WriteOptions { Label = "the slow one", RunOnce = true });
        await inside.Task;
        var exception = await Assert.ThrowsAsync<DatabaseException>(() => sqlite.Database.ExecuteAsync("INSERT INTO items (name) VALUES ('late')", options: new WriteOptions { Deadline = TimeSpan.FromMilliseconds(50), Label = "late" }));
        leave.SetResult();
        await unit;

        Assert.Equal(DatabaseErrorKind.Timeout, exception.Kind);
        Assert.True(exception.IsTransient);
        Assert.Contains("the slow one", exception.Message, StringComparison.Ordinal);
        Assert.Equal("late", exception.Label);
        Assert.Equal((false, "the slow one"), (exception.Holder!.IsOtherProcess, exception.Holder.Label));
        Assert.Equal(1, await sqlite.Database.ExecuteScalarAsync<long>("SELECT count(*) FROM items"));
    }

    [Fact]
    public async Task A_unit_that_awaits_something_else_is_named_once_and_runs_alone_from_then_on()
    {
        var logs = new Microsoft.Extensions.Logging.Testing.FakeLogCollector();
        await using var sqlite = new TemporarySqlite(register: services => Logging.Collect(services, logs));
        await sqlite.CreateTableAsync();
        for (var i = 0; i < 3; i++)
        {
            await sqlite.Database.WriteAsync(
                async s =>
                {
                    await Task.Yield();
                    await s.ExecuteAsync("INSERT INTO items (name) VALUES (hex(randomblob(8)))");
                },
                new WriteOptions { Label = "yields" });
        }

        var warning = Assert.Single(logs.GetSnapshot(), record => record.Id.Name == "UnitAwaits");
        Assert.Contains("yields", warning.Message, StringComparison.Ordinal);
        Assert.Equal(4, await sqlite.Database.ExecuteScalarAsync<long>("SELECT count(*) FROM items"));
    }

    [Fact]
    public async Task The_absolute_path_is_logged_at_opening()
    {
        var logs = new Microsoft.Extensions.Logging.Testing.FakeLogCollector();
        await using var sqlite = new TemporarySqlite(register: services => Logging.Collect(services, logs));
        await sqlite.Database.OpenAsync();
        var record = Assert.Single(logs.GetSnapshot(), record => record.Id.Name == "SqliteOpened");
        Assert.Contains(sqlite.Path, record.Message, StringComparison.Ordinal);
        Assert.Equal("sqlite_open", record.GetStructuredStateValue("Operation"));
    }

    [Fact]
    public async Task A_disposal_from_inside_a_unit_is_refused_and_harms_nothing()
    {
        await using var sqlite = new TemporarySqlite();
        await sqlite.CreateTableAsync();
        for (var i = 0; i < 12; i++) // the first runs are on a reader's thread, the later ones on this
        {
            var exception = await Assert.ThrowsAsync<DatabaseException>(() => sqlite.Database.ReadAsync(static async (s, database) =>
            {
                await s.ExecuteScalarAsync<long>("SELECT count(*) FROM items");
                database.Dispose();
                return 0;
            }, sqlite.Database));
            Assert.Equal(DatabaseErrorKind.SessionMisuse, exception.Kind);
        }

        Assert.Equal(1, await sqlite.Database.ExecuteScalarAsync<long>("SELECT count(*) FROM items"));
    }
}
