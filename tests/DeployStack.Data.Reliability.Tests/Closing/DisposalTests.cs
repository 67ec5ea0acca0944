using System.Diagnostics;
using DeployStack.Data.Reliability.Support;
using DeployStack.Data.Sqlite;

namespace DeployStack.Data.Reliability.Closing;

/// <summary>When disposal returns, nothing is left: no handle, no thread, no log; and every caller was told something true.</summary>
public sealed class DisposalTests : IDisposable
{
    private const string Endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n";

    private static readonly TimeSpan _patience = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan _bound = _patience + (TimeSpan.FromSeconds(1) * Scale.Slack);

    private readonly ScenarioFolder _folder = new();

    private string Path => _folder.Database("gone.db");

    public void Dispose()
    {
        _folder.Passed();
        _folder.Dispose();
    }

    [Theory]
    [InlineData(SqliteJournalMode.Wal)]
    [InlineData(SqliteJournalMode.Delete)]
    public async Task Nothing_is_left_after_reads_and_writes(SqliteJournalMode mode)
    {
        var database = Open(options => options.Pragmas.JournalMode = mode);
        await CreateAsync(database);
        await Task.WhenAll(Enumerable.Range(0, 100).Select(i => i % 2 == 0
            ? database.Database.ExecuteAsync("INSERT INTO t VALUES (1)")
            : (Task)database.Database.QueryAsync<long>("SELECT v FROM t")));
        if (OperatingSystem.IsLinux())
        {
            Assert.NotEmpty(Traces.Handles(Path)); // the control: they are seen while they are there
            Assert.NotEmpty(Traces.Threads(Path));
        }

        await database.DisposeAsync();

        Assert.Empty(Traces.Of(Path));
    }

    [Fact]
    public async Task Nothing_is_left_after_reading_a_file_without_a_log()
    {
        using (var raw = new RawDatabase(Path))
        {
            raw.Execute("PRAGMA journal_mode=DELETE; CREATE TABLE t (v INTEGER)");
        }

        var database = Open(static options => options.ReadOnly = true);
        Assert.Equal(0, await database.Database.ExecuteScalarAsync<long>("SELECT count(*) FROM t"));

        await database.DisposeAsync();

        Assert.Empty(Traces.Of(Path));
    }

    [Fact]
    public async Task Disposal_finishes_what_was_accepted_and_refuses_the_rest()
    {
        var database = Open();
        await CreateAsync(database);
        var committed = 0;
        var writers = Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            try
            {
                while (true)
                {
                    await database.Database.ExecuteAsync("INSERT INTO t VALUES (1)");
                    Interlocked.Increment(ref committed);
                }
            }
            catch (ObjectDisposedException) // what every later caller has to get
            {
            }
        })).ToArray();
        await Until.TrueAsync(() => Volatile.Read(ref committed) >= 20);

        await database.DisposeAsync();
        await Task.WhenAll(writers).WaitAsync(TimeSpan.FromSeconds(10));

        Assert.Empty(Traces.Of(Path));
        using var raw = new RawDatabase(Path);
        Assert.Equal(committed, raw.Number("SELECT count(*) FROM t"));
    }

    [Theory]
    [InlineData("endless read")]
    [InlineData("endless write")]
    [InlineData("read that awaits for ever")]
    [InlineData("write that awaits for ever")]
    public async Task A_unit_that_does_not_end_is_stopped_after_DisposeTimeout(string what)
    {
        var database = Open(static options => options.DisposeTimeout = _patience);
        await CreateAsync(database);
        var never = new TaskCompletionSource();
        using var inside = new ManualResetEventSlim();
        var unit = what switch
        {
            "endless read" => database.Database.ReadAsync(session => Begin(inside, session.ExecuteScalarAsync<long>(Endless))),
            "endless write" => database.Database.WriteAsync(session => Begin(inside, session.ExecuteScalarAsync<long>("INSERT INTO t WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n RETURNING v"))),
            "read that awaits for ever" => database.Database.ReadAsync(session => AwaitAsync(inside, never.Task)),
            _ => (Task)database.Database.WriteAsync(session => AwaitAsync(inside, never.Task)),
        };
        await Until.TrueAsync(() => database.Engine.GetWriterStatus().IsHeld || database.Engine.GetReadersStatus().Busy > 0);
        var started = Stopwatch.GetTimestamp();

        await database.DisposeAsync();

        Assert.InRange(Stopwatch.GetElapsedTime(started), TimeSpan.Zero, _bound);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => unit.WaitAsync(TimeSpan.FromSeconds(5)));
        Assert.Empty(Traces.Of(Path));
        never.SetResult(); // a late return of the unit's code disturbs nobody
        using var raw = new RawDatabase(Path);
        Assert.Equal(0, raw.Number("SELECT count(*) FROM t"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Disposal_does_not_wait_for_a_lock_of_another_process_longer_than_DisposeTimeout(bool alone)
    {
        var database = Open(static options => options.DisposeTimeout = _patience);
        await CreateAsync(database);
        using var holder = HostProcess.Start("hold", Path);
        await holder.ExpectAsync("held");
        var units = Enumerable.Range(0, 3).Select(_ => database.Database.ExecuteAsync("INSERT INTO t VALUES (1)", options: new WriteOptions { RunOnce = alone })).ToArray();
        await Until.TrueAsync(() => database.Engine.GetWriterStatus().ForeignLock > TimeSpan.Zero);
        var started = Stopwatch.GetTimestamp();

        await database.DisposeAsync();

        Assert.InRange(Stopwatch.GetElapsedTime(started), TimeSpan.Zero, _bound);
        foreach (var unit in units)
        {
            await Assert.ThrowsAsync<ObjectDisposedException>(() => unit.WaitAsync(TimeSpan.FromSeconds(5)));
        }

        Assert.DoesNotContain(Traces.Of(Path), static trace => !trace.StartsWith("file", StringComparison.Ordinal)); // the other process keeps the log
        await holder.GoOnAsync();
    }

    [Fact]
    public async Task Use_after_disposal_is_refused_and_a_second_disposal_does_nothing()
    {
        var database = Open();
        await CreateAsync(database);

        await Task.WhenAll(database.Database.DisposeAsync().AsTask(), database.Database.DisposeAsync().AsTask());
        database.Database.Dispose();
        await database.DisposeAsync();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => database.Database.ExecuteAsync("INSERT INTO t VALUES (1)"));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => database.Database.QueryAsync<long>("SELECT v FROM t"));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => database.Engine.CheckpointAsync());
        Assert.Empty(Traces.Of(Path));
    }

    [Fact]
    public async Task A_database_that_was_never_used_leaves_not_even_a_file()
    {
        await Open().DisposeAsync();

        Assert.False(File.Exists(Path));
    }

    private static ValueTask<long> Begin(ManualResetEventSlim inside, ValueTask<long> running)
    {
        inside.Set();
        return running;
    }

    private static async ValueTask<long> AwaitAsync(ManualResetEventSlim inside, Task never)
    {
        inside.Set();
        await never;
        return 0;
    }

    private static Task<int> CreateAsync(TestDatabase database) => database.Database.ExecuteAsync("CREATE TABLE t (v INTEGER)");

    private TestDatabase Open(Action<SqliteOptions>? configure = null) => new(Path, configure);
}
