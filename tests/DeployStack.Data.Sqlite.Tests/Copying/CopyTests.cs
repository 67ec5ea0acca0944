using System.Diagnostics;
using DeployStack.Data.Provider.Copying;
using DeployStack.Data.Sqlite.Copying;
using Microsoft.Data.Sqlite;

namespace DeployStack.Data.Sqlite.Tests.Copying;

/// <summary>Copies of a live database on a file: consistent, private, and gone when nobody needs them.</summary>
public sealed class CopyTests
{
    private const string Count = "SELECT count(*) FROM items";

    [Fact]
    public async Task What_is_written_while_the_copy_is_taken_waits_for_nobody_and_is_not_in_it()
    {
        await using var sqlite = await LargeAsync();
        var before = await sqlite.Database.ExecuteScalarAsync<long>(Count);
        var written = 0;
        var progress = new Told(_ =>
        {
            // on the copying thread: if the copy held the writer up, this would never return
            Assert.Equal(1, sqlite.Database.ExecuteAsync("INSERT INTO items (name) VALUES (@name)", new { name = $"new {written++}" }).GetAwaiter().GetResult());
        });
        await using var copy = await ((IProvidedDatabase)sqlite.Database).CreateCopyAsync(new() { Progress = progress });
        Assert.True(written > 2);
        Assert.Equal(before, await copy.ExecuteScalarAsync<long>(Count));
        Assert.Equal(before + written, await sqlite.Database.ExecuteScalarAsync<long>(Count));
        Assert.Equal("ok", await copy.ExecuteScalarAsync<string>("PRAGMA integrity_check"));
        Assert.Equal(progress.Last!.TotalBytes, progress.Last.CopiedBytes);
    }

    [Fact]
    public async Task A_write_to_the_copy_is_not_in_the_live_database()
    {
        await using var sqlite = new TemporarySqlite();
        await sqlite.CreateTableAsync();
        await using var copy = await ((IProvidedDatabase)sqlite.Database).CreateCopyAsync();
        await copy.ExecuteAsync("DELETE FROM items");
        Assert.Equal((0, 1), (await copy.ExecuteScalarAsync<long>(Count), await sqlite.Database.ExecuteScalarAsync<long>(Count)));
    }

    [Fact]
    public async Task The_copy_and_its_log_are_for_the_owner_alone_and_go_with_it()
    {
        await using var sqlite = new TemporarySqlite();
        await sqlite.CreateTableAsync();
        var copy = await ((IProvidedDatabase)sqlite.Database).CreateCopyAsync();
        await copy.ExecuteAsync("INSERT INTO items (name) VALUES ('in the log')");
        var files = CopiesIn(sqlite.Folder);
        Assert.Contains(files, static file => file.Name.EndsWith(".tmp-wal", StringComparison.Ordinal));
        if (!OperatingSystem.IsWindows())
        {
            Assert.All(files, static file => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, file.UnixFileMode));
        }

        await copy.DisposeAsync();
        Assert.Empty(CopiesIn(sqlite.Folder));
    }

    [Fact]
    public async Task A_cancelled_copy_ends_at_once_and_leaves_nothing()
    {
        await using var sqlite = await LargeAsync();
        var best = TimeSpan.MaxValue;
        for (var attempt = 0; attempt < 5 && best > TimeSpan.FromMilliseconds(50); attempt++)
        {
            using var cancel = new CancellationTokenSource();
            var fired = 0L;
            var progress = new Told(_ =>
            {
                fired = Stopwatch.GetTimestamp();
                cancel.Cancel();
            });
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => ((IProvidedDatabase)sqlite.Database).CreateCopyAsync(new() { Progress = progress }, cancel.Token));
            var took = Stopwatch.GetElapsedTime(fired);
            best = took < best ? took : best;
            Assert.Empty(CopiesIn(sqlite.Folder));
        }

        Assert.True(best < TimeSpan.FromMilliseconds(50), $"The best of 5 took {best.TotalMilliseconds:F1} ms.");
    }

    [Fact]
    public async Task What_a_dead_process_left_is_deleted_and_what_lives_stays()
    {
        await using var sqlite = new TemporarySqlite();
        await sqlite.CreateTableAsync();
        await using var own = await ((IProvidedDatabase)sqlite.Database).CreateCopyAsync();
        var ownFile = CopiesIn(sqlite.Folder).Single(static file => file.Extension == ".tmp").FullName;
        string[] dead = ["dead.tmp", "dead.tmp-wal", "dead.tmp-shm", "only-the-log.tmp-wal"];
        foreach (var name in dead)
        {
            await File.WriteAllTextAsync(PathOf(sqlite, name), "left behind");
        }

        await File.WriteAllTextAsync(PathOf(sqlite, "young.tmp"), "a process that begins right now");
        using var elsewhere = new SqliteConnection($"Data Source={PathOf(sqlite, "busy.tmp")};Pooling=False");
        elsewhere.Open();
        using var command = elsewhere.CreateCommand();
        command.CommandText = "PRAGMA journal_mode=WAL; CREATE TABLE t (x)";
        command.ExecuteNonQuery();
        foreach (var file in CopiesIn(sqlite.Folder).Where(static file => !file.Name.Contains("young", StringComparison.Ordinal)))
        {
            file.LastWriteTimeUtc = DateTime.UtcNow.AddHours(-1);
        }

        await using (await ((IProvidedDatabase)sqlite.Database).CreateCopyAsync())
        {
            Assert.All(dead, name => Assert.False(File.Exists(PathOf(sqlite, name)), name));
        }

        Assert.True(File.Exists(PathOf(sqlite, "young.tmp")));
        Assert.True(File.Exists(PathOf(sqlite, "busy.tmp")));
        Assert.True(File.Exists(ownFile));
    }

    [Fact]
    public async Task A_folder_can_be_chosen()
    {
        await using var sqlite = new TemporarySqlite();
        await sqlite.CreateTableAsync();
        var other = Path.Combine(sqlite.Folder.FullName, "elsewhere");
        await using (await ((IProvidedDatabase)sqlite.Database).CreateCopyAsync(new() { Directory = other }))
        {
            Assert.Empty(CopiesIn(sqlite.Folder));
            Assert.NotEmpty(CopiesIn(new(other)));
        }

        Assert.Empty(CopiesIn(new(other)));
    }

    [Theory]
    [InlineData(99L, 100L, 99L)]
    [InlineData(100L, 100L, null)]
    [InlineData(null, 100L, null)]
    public void Room_is_short_only_where_it_is_known_to_be(long? free, long needed, long? shortage)
        => Assert.Equal(shortage, DiskSpace.Shortage(free, needed));

    [Fact]
    public void A_copy_for_which_there_is_no_room_is_not_begun()
    {
        var error = Assert.Throws<DatabaseException>(static () => DiskSpace.Demand("/data/app.db", Path.GetTempPath(), long.MaxValue));
        Assert.Equal(DatabaseErrorKind.DiskFull, error.Kind);
        Assert.Contains(Path.GetTempPath(), error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_read_only_database_can_be_copied_and_the_copy_written()
    {
        await using var sqlite = new TemporarySqlite();
        await sqlite.CreateTableAsync();
        await using var reading = new TemporarySqlite(options =>
        {
            options.Path = sqlite.Path;
            options.ReadOnly = true;
        });
        await using var copy = await ((IProvidedDatabase)reading.Database).CreateCopyAsync();
        Assert.Equal(1, await copy.ExecuteAsync("INSERT INTO items (name) VALUES ('new')"));
    }

    [Fact]
    public async Task Disposing_the_database_ends_a_copying_and_leaves_nothing()
    {
        var sqlite = await LargeAsync();
        Task? disposing = null;
        var progress = new Told(_ =>
        {
            disposing ??= sqlite.Database.DisposeAsync().AsTask();
            CancellationToken.None.WaitHandle.WaitOne(TimeSpan.FromMilliseconds(30)); // time for the disposal to be seen
        });
        try
        {
            await using var copy = await ((IProvidedDatabase)sqlite.Database).CreateCopyAsync(new() { Progress = progress });
        }
        catch (ObjectDisposedException) // unless the copy was complete before
        {
            Assert.Empty(CopiesIn(sqlite.Folder));
        }

        await disposing!.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Empty(CopiesIn(sqlite.Folder));
        await sqlite.DisposeAsync();
    }

    [Fact]
    public async Task A_function_of_the_application_is_there_on_the_copy_and_on_the_empty_database()
    {
        foreach (var path in new[] { null, ":memory:" })
        {
            await using var sqlite = new TemporarySqlite(options =>
            {
                options.Path = path ?? options.Path;
                options.OnConnectionOpened = static connection => connection.CreateFunction("twice", static (long x) => 2 * x);
            });
            await sqlite.CreateTableAsync();
            await using var copy = await ((IProvidedDatabase)sqlite.Database).CreateCopyAsync();
            await using var empty = await ((IProvidedDatabase)sqlite.Database).CreateEmptyAsync();
            Assert.Equal(2, await copy.ExecuteScalarAsync<long>("SELECT twice(count(*)) FROM items"));
            Assert.Equal(0, await empty.ExecuteScalarAsync<long>("SELECT twice(count(*)) FROM sqlite_schema"));
        }
    }

    private static async Task<TemporarySqlite> LargeAsync()
    {
        var sqlite = new TemporarySqlite();
        await sqlite.CreateTableAsync();
        await sqlite.Database.ExecuteBatchAsync(
        [
            new("CREATE TABLE ballast (x BLOB)"),
            new("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 200) INSERT INTO ballast SELECT randomblob(100000) FROM n"),
        ]);
        return sqlite;
    }

    private static string PathOf(TemporarySqlite sqlite, string name) => $"{sqlite.Path}.rehearsal-{name}";

    private static List<FileInfo> CopiesIn(DirectoryInfo folder) => [.. folder.EnumerateFiles("*.rehearsal-*")];

    private sealed class Told(Action<DatabaseCopyProgress> told) : IProgress<DatabaseCopyProgress>
    {
        public DatabaseCopyProgress? Last { get; private set; }

        public void Report(DatabaseCopyProgress value)
        {
            Last = value;
            told(value);
        }
    }
}
