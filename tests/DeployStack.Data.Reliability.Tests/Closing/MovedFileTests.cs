using System.Diagnostics;
using DeployStack.Data.Reliability.Support;

namespace DeployStack.Data.Reliability.Closing;

/// <summary>Under WAL a write to a file that was moved or replaced succeeds, into nowhere: the engine has to look.</summary>
public sealed class MovedFileTests : IAsyncDisposable
{
    private static readonly TimeSpan _tick = TimeSpan.FromSeconds(1);

    private readonly ScenarioFolder _folder = new();
    private readonly TestDatabase _database;

    public MovedFileTests() => _database = new(_folder.Database(), static options => options.Readers = 2);

    private string Path => _folder.Database();

    public async ValueTask DisposeAsync()
    {
        await _database.DisposeAsync();
        _folder.Passed();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("moved")]
    [InlineData("deleted")]
    [InlineData("replaced")]
    public async Task Writes_stop_within_a_second_and_reads_go_on(string how)
    {
        await CreateAsync();
        Disturb(how);

        var exception = await FirstRefusalAsync(null);

        Assert.Equal(DatabaseErrorKind.Moved, exception.Kind);
        Assert.Contains(Path, exception.Message, StringComparison.Ordinal);
        Assert.False(exception.IsTransient);
        Assert.Equal(DatabaseErrorKind.Moved, _database.Engine.WritesStopped?.Kind);
        Assert.True(await _database.Database.ExecuteScalarAsync<long>("SELECT count(*) FROM t") >= 1);
    }

    [Fact]
    public async Task A_unit_that_runs_alone_is_refused_too()
    {
        await CreateAsync();
        Disturb("moved");

        var exception = await FirstRefusalAsync(new WriteOptions { RunOnce = true });

        Assert.Equal(DatabaseErrorKind.Moved, exception.Kind);
    }

    [Fact]
    public async Task After_the_file_was_put_back_and_reopened_writes_go_on()
    {
        await CreateAsync();
        Disturb("moved");
        await FirstRefusalAsync(null);

        foreach (var suffix in (ReadOnlySpan<string>)["", "-wal", "-shm"])
        {
            if (File.Exists(Path + ".away" + suffix))
            {
                File.Move(Path + ".away" + suffix, Path + suffix);
            }
        }

        await _database.Engine.ReopenAsync();

        Assert.Null(_database.Engine.WritesStopped);
        await _database.Database.ExecuteAsync("INSERT INTO t VALUES (2)");
        Assert.Equal(1, await _database.Database.ExecuteScalarAsync<long>("SELECT count(*) FROM t WHERE v = 2"));
    }

    [Fact]
    public async Task After_reopening_a_replaced_file_readers_and_writer_see_the_same_file()
    {
        await CreateAsync();
        Disturb("replaced");
        await FirstRefusalAsync(null);

        await _database.Engine.ReopenAsync();

        await _database.Database.ExecuteAsync("INSERT INTO t VALUES (3)");
        Assert.Equal([70, 3], await _database.Database.QueryAsync<long>("SELECT v FROM t ORDER BY rowid"));
        Assert.Equal([70, 3], await _database.Database.WriteAsync(static session => session.QueryAsync<long>("SELECT v FROM t ORDER BY rowid")));
    }

    [Fact]
    public async Task A_reader_that_is_opened_later_does_not_read_another_file_than_the_first()
    {
        await CreateAsync();
        Disturb("replaced");
        await FirstRefusalAsync(null);
        using var inside = new ManualResetEventSlim();
        using var release = new ManualResetEventSlim();
        var first = _database.Database.ReadAsync(session =>
        {
            inside.Set();
            release.Wait();
            return session.QueryAsync<long>("SELECT v FROM t");
        });
        await Task.Run(inside.Wait);

        var exception = await Assert.ThrowsAsync<DatabaseException>(() => _database.Database.QueryAsync<long>("SELECT v FROM t"));

        Assert.Equal(DatabaseErrorKind.Moved, exception.Kind);
        release.Set();
        Assert.Equal(1, (await first)[0]);
    }

    [Fact]
    public async Task Disposal_leaves_the_file_that_now_stands_at_the_path_alone()
    {
        await CreateAsync();
        Disturb("replaced");
        using var successor = new RawDatabase(Path); // another process that uses the new file, with commits in its log
        successor.Execute("PRAGMA journal_mode=WAL; INSERT INTO t VALUES (71)");
        await FirstRefusalAsync(null);

        await _database.DisposeAsync();

        Assert.True(File.Exists(Path + "-wal"));
        using var raw = new RawDatabase(Path);
        Assert.Empty(raw.Damage());
        Assert.Equal(70 + 71, raw.Number("SELECT sum(v) FROM t"));
    }

    [Fact]
    public async Task Reopening_a_database_in_memory_keeps_it()
    {
        await using var memory = new TestDatabase(":memory:");
        await memory.Database.ExecuteBatchAsync([new("CREATE TABLE t (v INTEGER)"), new("INSERT INTO t VALUES (1)")]);

        await memory.Engine.ReopenAsync();

        Assert.Equal(1, await memory.Database.ExecuteScalarAsync<long>("SELECT v FROM t"));
    }

    private async Task CreateAsync()
    {
        await _database.Database.ExecuteBatchAsync([new("CREATE TABLE t (v INTEGER)"), new("INSERT INTO t VALUES (1)")]);
        Assert.Equal(1, await _database.Database.ExecuteScalarAsync<long>("SELECT count(*) FROM t")); // a reader is open
    }

    private void Disturb(string how)
    {
        foreach (var suffix in (ReadOnlySpan<string>)["", "-wal", "-shm"])
        {
            if (how == "deleted")
            {
                File.Delete(Path + suffix);
            }
            else
            {
                File.Move(Path + suffix, Path + ".away" + suffix);
            }
        }

        if (how == "replaced")
        {
            using var raw = new RawDatabase(Path);
            raw.Execute("CREATE TABLE t (v INTEGER)");
            raw.Execute("INSERT INTO t VALUES (70)");
        }
    }

    private async Task<DatabaseException> FirstRefusalAsync(WriteOptions? options)
    {
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                await _database.Database.ExecuteAsync("INSERT INTO t VALUES (0)", options: options).WaitAsync(TimeSpan.FromSeconds(5));
            }
            catch (DatabaseException exception) // what is waited for
            {
                Assert.InRange(Stopwatch.GetElapsedTime(started), TimeSpan.Zero, _tick * Scale.Slack);
                return exception;
            }

            Assert.InRange(Stopwatch.GetElapsedTime(started), TimeSpan.Zero, _tick * 5);
        }
    }
}
