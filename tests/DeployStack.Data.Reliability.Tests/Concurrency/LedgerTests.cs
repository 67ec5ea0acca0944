using DeployStack.Data.Reliability.Support;

namespace DeployStack.Data.Reliability.Concurrency;

/// <summary>Who holds the writer, since when, with which label and SQL: asked for, and in every error of waiting.</summary>
public sealed class LedgerTests : IAsyncDisposable
{
    private const string Slow = "INSERT INTO t WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n";

    private readonly ScenarioFolder _folder = new();
    private readonly TestDatabase _database;

    public LedgerTests() => _database = new(_folder.Database(), static options => options.AcquireTimeout = TimeSpan.FromMilliseconds(400));

    public async ValueTask DisposeAsync()
    {
        await _database.DisposeAsync();
        _folder.Passed();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("acquire timeout")]
    [InlineData("deadline")]
    public async Task A_unit_that_waited_too_long_is_told_who_was_in_the_way(string limit)
    {
        await _database.Database.ExecuteAsync("CREATE TABLE t (v INTEGER)");
        using var source = new CancellationTokenSource();
        var holder = _database.Database.ExecuteAsync(Slow, options: new WriteOptions { Label = "import", RunOnce = true }, cancellationToken: source.Token);
        await Until.TrueAsync(() => _database.Engine.GetWriterStatus() is { IsHeld: true, Sql: Slow });
        var options = new WriteOptions { Label = "waiting", Deadline = limit == "deadline" ? TimeSpan.FromMilliseconds(200) : null };

        var exception = await Assert.ThrowsAsync<DatabaseException>(() => _database.Database.ExecuteAsync("INSERT INTO t VALUES (1)", options: options));

        var status = _database.Engine.GetWriterStatus();
        Assert.Equal(DatabaseErrorKind.Timeout, exception.Kind);
        Assert.Equal("waiting", exception.Label);
        Assert.Contains("import", exception.Message, StringComparison.Ordinal);
        Assert.Contains("nothing was written", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("RECURSIVE", exception.Message, StringComparison.Ordinal); // SQL is a property, not a message
        Assert.Equal((false, "import", Slow), (exception.Holder?.IsOtherProcess, exception.Holder?.Label, exception.Holder?.Sql));
        Assert.True(exception.Holder?.HeldFor > TimeSpan.FromMilliseconds(100));
        Assert.Equal((true, "import", Slow), (status.IsHeld, status.Label, status.Sql));
        Assert.True(status.HeldFor >= exception.Holder?.HeldFor);
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => holder);
        await Until.TrueAsync(() => !_database.Engine.GetWriterStatus().IsHeld);
    }

    [Fact]
    public async Task A_unit_that_awaits_something_else_is_named_too()
    {
        await _database.Database.ExecuteAsync("CREATE TABLE t (v INTEGER)");
        var gate = new TaskCompletionSource();
        var holder = _database.Database.WriteAsync(
            async session =>
            {
                await session.ExecuteAsync("INSERT INTO t VALUES (1)");
                await gate.Task;
            },
            new WriteOptions { Label = "awaits the network" });
        await Until.TrueAsync(() => _database.Engine.GetWriterStatus().IsHeld);

        var exception = await Assert.ThrowsAsync<DatabaseException>(() => _database.Database.ExecuteAsync("INSERT INTO t VALUES (2)"));

        Assert.Equal("awaits the network", exception.Holder?.Label);
        Assert.Equal("INSERT INTO t VALUES (1)", exception.Holder?.Sql);
        gate.SetResult();
        await holder;
    }

    [Fact]
    public async Task A_read_that_waited_too_long_says_how_the_readers_are_used()
    {
        await _database.Database.ExecuteAsync("CREATE TABLE t (v INTEGER)");
        using var release = new ManualResetEventSlim();
        var limit = _database.Engine.GetReadersStatus().Limit;
        var readers = Enumerable.Range(0, limit).Select(_ => _database.Database.ReadAsync(session =>
        {
            release.Wait();
            return session.ExecuteScalarAsync<long>("SELECT count(*) FROM t");
        })).ToArray();
        await Until.TrueAsync(() => _database.Engine.GetReadersStatus().Busy == limit);

        var exception = await Assert.ThrowsAsync<DatabaseException>(() => _database.Database.ExecuteScalarAsync<long>("SELECT 1", options: new ReadOptions { Label = "waiting" }));

        Assert.Equal(DatabaseErrorKind.Timeout, exception.Kind);
        Assert.Contains($"{limit} readers", exception.Message, StringComparison.Ordinal);
        release.Set();
        await Task.WhenAll(readers);
    }
}
