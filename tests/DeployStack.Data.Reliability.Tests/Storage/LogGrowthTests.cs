using DeployStack.Data.Reliability.Support;

namespace DeployStack.Data.Reliability.Storage;

/// <summary>The write-ahead log: it grows while somebody reads an old snapshot, and only then; afterwards it is cut.</summary>
public sealed class LogGrowthTests : IAsyncDisposable
{
    private const long Page = 4096 + 24;
    private const int CheckpointPages = 50;

    private readonly ScenarioFolder _folder = new();
    private readonly TestDatabase _database;

    public LogGrowthTests() => _database = new(_folder.Database(), static options =>
    {
        options.CheckpointPages = CheckpointPages;
        options.WalTruncateIdle = TimeSpan.FromMilliseconds(200);
    });

    private long LogSize => new FileInfo(_folder.Database() + "-wal") is { Exists: true } log ? log.Length : 0;

    public async ValueTask DisposeAsync()
    {
        await _database.DisposeAsync();
        _folder.Passed();
        _folder.Dispose();
    }

    [Fact]
    public async Task It_stays_small_while_reads_come_and_go()
    {
        await CreateAsync();
        long largest = 0;
        var stop = false;
        var reader = Task.Run(async () =>
        {
            while (!Volatile.Read(ref stop))
            {
                await _database.Database.QueryAsync<long>("SELECT v FROM t");
            }
        });

        for (var i = 0; i < 400; i++)
        {
            await WriteAsync();
            largest = Math.Max(largest, LogSize);
        }

        Volatile.Write(ref stop, true);
        await reader;
        Assert.InRange(largest, 1, 20 * CheckpointPages * Page); // 8 times, from where on it is truncated, and room for a reader in the way
    }

    [Fact]
    public async Task It_grows_under_a_held_reader_says_so_and_is_cut_after_the_reader_ended()
    {
        using var figures = Summary.Of("log under a held reader");
        await CreateAsync();
        using var release = new ManualResetEventSlim();
        var held = new TaskCompletionSource();
        var reader = _database.Database.ReadAsync(async session =>
        {
            var before = await session.ExecuteScalarAsync<long>("SELECT max(v) FROM t");
            held.SetResult();
            release.Wait();
            return (before, await session.ExecuteScalarAsync<long>("SELECT max(v) FROM t"));
        });
        await held.Task;

        for (var i = 0; i < 300; i++)
        {
            await WriteAsync();
        }

        var blocked = await _database.Engine.CheckpointAsync();
        var grown = LogSize;
        Assert.True(blocked.Blocked);
        Assert.Null(blocked.Error); // being blocked is a result, not an error
        Assert.True(grown >= 300 * Page, $"{grown} bytes");
        release.Set();
        var (first, second) = await reader;
        Assert.Equal(first, second); // one snapshot, whatever the checkpoints tried
        await Until.TrueAsync(() => LogSize == 0); // cut by the engine itself, once the writer is idle

        var statistics = await _database.Engine.GetStatisticsAsync();
        Assert.Equal(0, statistics.WalSize);
        Assert.Equal(1 + 300, await _database.Database.ExecuteScalarAsync<long>("SELECT max(v) FROM t"));
        figures["log in bytes while held"] = grown;
        figures["log in bytes afterwards"] = statistics.WalSize;
    }

    [Fact]
    public async Task A_reader_of_another_process_blocks_no_write_either()
    {
        await CreateAsync();
        using var raw = new RawDatabase(_folder.Database());
        raw.Execute("BEGIN");
        Assert.Equal(1, raw.Number("SELECT max(v) FROM t"));

        for (var i = 0; i < 100; i++)
        {
            await WriteAsync();
        }

        Assert.True((await _database.Engine.CheckpointAsync()).Blocked);
        Assert.Equal(1, raw.Number("SELECT max(v) FROM t"));
        raw.Execute("COMMIT");
        Assert.False((await _database.Engine.CheckpointAsync()).Blocked);
        Assert.Equal(0, LogSize);
    }

    private async Task CreateAsync() => await _database.Database.ExecuteBatchAsync(
    [
        new("CREATE TABLE t (v INTEGER, body BLOB)"),
        new("INSERT INTO t VALUES (1, NULL)"),
    ]);

    private Task<int> WriteAsync() => _database.Database.ExecuteAsync("UPDATE t SET v = v + 1, body = zeroblob(3000)");
}
