namespace DeployStack.Data.Sqlite.Tests.Engine;

public sealed class CheckpointUnderReadsTests
{
    private const int Pages = 50;
    private const int ReadLoops = 3;

    [Fact]
    public async Task The_log_is_cut_down_although_a_read_is_always_running()
    {
        await using var sqlite = new TemporarySqlite(options =>
        {
            options.CheckpointPages = Pages;
            options.Readers = ReadLoops;
        });
        await sqlite.Database.ExecuteAsync("CREATE TABLE blobs (data BLOB)");
        await sqlite.Database.ExecuteAsync("INSERT INTO blobs (data) VALUES (zeroblob(8000))");
        using var done = new CancellationTokenSource();
        var reads = Enumerable.Range(0, ReadLoops).Select(_ => Task.Run(() => ReadAsync(sqlite.Database, done.Token))).ToList();
        var largest = 0L;
        for (var i = 0; i < 200; i++)
        {
            await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => sqlite.Database.ExecuteAsync("INSERT INTO blobs (data) VALUES (zeroblob(8000))")));
            largest = Math.Max(largest, new FileInfo(sqlite.Path + "-wal").Length);
        }

        await done.CancelAsync();
        Assert.True((await Task.WhenAll(reads)).Sum() > 0, "Nobody read.");

        // 2,000 rows are some 20 MB of log; it is cut from 8 times the 50 pages on, which is 1.6 MB
        Assert.True(largest < 8_000_000, $"the log reached {largest:N0} bytes");
    }

    // each takes about a millisecond, and holds its snapshot of the log for that time
    private static async Task<long> ReadAsync(IDeployStackDatabase database, CancellationToken done)
    {
        var reads = 0L;
        while (!done.IsCancellationRequested)
        {
            await database.ExecuteScalarAsync<long>("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000) SELECT count(*) FROM n, (SELECT 1 FROM blobs LIMIT 1)", cancellationToken: CancellationToken.None);
            reads++;
        }

        return reads;
    }
}
