using Xunit;

namespace DeployStack.Data.Testing.Conformance.Running;

/// <summary>A token stops what waits and what runs, quickly, and nothing of it stays.</summary>
/// <param name="fixture">The provider under test.</param>
public abstract class CancellationTests(ConformanceFixture fixture) : ConformanceSuite(fixture)
{
    private const string Schema = "CREATE TABLE t (id INTEGER PRIMARY KEY)";
    private const string Count = "SELECT count(*) FROM t";

    private static readonly TimeSpan _promised = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan _running = TimeSpan.FromMilliseconds(100);

    [Fact]
    public async Task A_token_that_fired_before_keeps_the_work_from_running()
    {
        var database = await CreateDatabaseAsync(Schema);
        var ran = false;
        var fired = new CancellationToken(canceled: true);
        var read = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => database.ReadAsync(
            s =>
            {
                ran = true;
                return s.ExecuteScalarAsync<long>(Count);
            },
            cancellationToken: fired));
        var batch = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => database.ExecuteBatchAsync([new("INSERT INTO t VALUES (1)")], cancellationToken: fired));
        Assert.Equal((fired, fired), (read.CancellationToken, batch.CancellationToken));
        if (await CanWriteInteractivelyAsync(database))
        {
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => database.WriteAsync(
                s =>
                {
                    ran = true;
                    return s.ExecuteAsync("INSERT INTO t VALUES (2)");
                },
                cancellationToken: fired));
        }

        Assert.False(ran);
        Assert.Equal(0, await database.ExecuteScalarAsync<int>(Count));
    }

    [Fact]
    public async Task A_running_read_stops_within_50_ms_of_its_token()
    {
        var database = await CreateDatabaseAsync(Schema);
        await Slow.BestIsBelowAsync(_promised, async () =>
        {
            var time = await Slow.TimeToCancelAsync(token => database.ExecuteScalarAsync<long>(Slow.Query, cancellationToken: token), _running);
            Assert.Equal(0, await database.ExecuteScalarAsync<int>(Count)); // whoever comes next is served at once
            return time;
        });
    }

    [Fact]
    public async Task A_running_stream_stops_within_50_ms_of_its_token()
    {
        var database = await CreateDatabaseAsync(Schema);
        await Slow.BestIsBelowAsync(_promised, () => Slow.TimeToCancelAsync(
            token => database.ReadAsync(
                async s =>
                {
                    var rows = 0;
                    await foreach (var _ in s.StreamAsync<long>(Slow.Rows))
                    {
                        rows++;
                    }

                    return rows;
                },
                cancellationToken: token),
            _running));
    }

    [Fact]
    public async Task A_read_that_waits_for_something_else_stops_as_well()
    {
        var database = await CreateDatabaseAsync(Schema);
        var never = new TaskCompletionSource<int>();
        await Slow.BestIsBelowAsync(_promised, () => Slow.TimeToCancelAsync(
            token => database.ReadAsync(
                async s =>
                {
                    await s.ExecuteScalarAsync<long>(Count);
                    return await never.Task;
                },
                cancellationToken: token),
            _running));
        Assert.Equal(0, await database.ExecuteScalarAsync<int>(Count));
    }

    [Fact]
    public async Task A_running_batch_stops_and_nothing_of_it_stays()
    {
        var database = await CreateDatabaseAsync(Schema);
        await Slow.BestIsBelowAsync(_promised, async () =>
        {
            var time = await Slow.TimeToCancelAsync(token => database.ExecuteBatchAsync([new("INSERT INTO t VALUES (1)"), new(Slow.Insert)], cancellationToken: token), _running);
            Assert.Equal(0, await database.ExecuteScalarAsync<int>(Count));
            return time;
        });
        await ApplyAsync(database, "INSERT INTO t VALUES (1)");
        Assert.Equal(1, await database.ExecuteScalarAsync<int>(Count));
    }

    [Fact]
    public async Task A_running_write_stops_and_nothing_of_it_stays()
    {
        var database = await CreateDatabaseAsync(Schema);
        if (!await CanWriteInteractivelyAsync(database))
        {
            return;
        }

        await Slow.BestIsBelowAsync(_promised, async () =>
        {
            var time = await Slow.TimeToCancelAsync(
                token => database.WriteAsync(
                    async s =>
                    {
                        await s.ExecuteAsync("INSERT INTO t VALUES (1)");
                        await s.ExecuteAsync(Slow.Insert);
                    },
                    cancellationToken: token),
                _running);
            Assert.Equal(0, await database.ExecuteScalarAsync<int>(Count));
            return time;
        });
        await database.WriteAsync(s => s.ExecuteAsync("INSERT INTO t VALUES (1)"));
        Assert.Equal(1, await database.ExecuteScalarAsync<int>(Count));
    }

    [Fact]
    public async Task A_write_that_waits_in_the_queue_is_dropped_at_once()
    {
        var database = await CreateDatabaseAsync(Schema);
        if (!await CanWriteInteractivelyAsync(database))
        {
            return;
        }

        var release = new TaskCompletionSource();
        var started = new TaskCompletionSource();
        var holder = database.WriteAsync(async s =>
        {
            await s.ExecuteAsync("INSERT INTO t VALUES (1)");
            started.TrySetResult();
            await release.Task;
        });
        await started.Task.WaitAsync(TestScale.Patience);
        var ran = false;
        await Slow.BestIsBelowAsync(_promised, () => Slow.TimeToCancelAsync(
            token => database.WriteAsync(
                s =>
                {
                    ran = true;
                    return s.ExecuteAsync("INSERT INTO t VALUES (2)");
                },
                cancellationToken: token),
            TimeSpan.FromMilliseconds(20)));
        Assert.False(ran);
        Assert.False(holder.IsCompleted);
        release.SetResult();
        await holder;
        Assert.Equal([1], await database.QueryAsync<int>("SELECT id FROM t"));
    }

    [Fact]
    public async Task Neighbours_of_a_cancelled_write_are_written_exactly_once()
    {
        var database = await CreateDatabaseAsync("CREATE TABLE t (id INTEGER)");
        if (!await CanWriteInteractivelyAsync(database))
        {
            return;
        }

        using var source = new CancellationTokenSource();
        var slow = database.WriteAsync(s => s.ExecuteAsync(Slow.Insert), cancellationToken: source.Token);
        var neighbours = Enumerable.Range(0, 32).Select(id => database.WriteAsync(s => s.ExecuteAsync("INSERT INTO t VALUES (@id)", new { id }))).ToList();
        source.CancelAfter(_running);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => slow);
        await Task.WhenAll(neighbours).WaitAsync(TestScale.Patience);
        Assert.Equal(Enumerable.Range(0, 32), await database.QueryAsync<int>("SELECT id FROM t ORDER BY id"));
    }

    [Fact]
    public async Task Many_cancelled_reads_leave_the_database_well()
    {
        var database = await CreateDatabaseAsync(Schema, "INSERT INTO t VALUES (1)");
        await Task.WhenAll(Enumerable.Range(0, 24).Select(async i =>
        {
            using var source = new CancellationTokenSource(TimeSpan.FromMilliseconds(5 * (i % 8)));
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => database.ExecuteScalarAsync<long>(Slow.Query, cancellationToken: source.Token));
        })).WaitAsync(TestScale.Patience);
        var counts = await Task.WhenAll(Enumerable.Range(0, 24).Select(_ => database.ExecuteScalarAsync<int>(Count)));
        Assert.All(counts, static count => Assert.Equal(1, count));
    }

    [Fact]
    public async Task A_token_that_fires_afterwards_changes_nothing()
    {
        var database = await CreateDatabaseAsync(Schema);
        using var source = new CancellationTokenSource();
        await database.ExecuteBatchAsync([new("INSERT INTO t VALUES (1)")], cancellationToken: source.Token);
        Assert.Equal(1, await database.ExecuteScalarAsync<int>(Count, cancellationToken: source.Token));
        await source.CancelAsync();
        Assert.Equal(1, await database.ExecuteScalarAsync<int>(Count));
    }
}
