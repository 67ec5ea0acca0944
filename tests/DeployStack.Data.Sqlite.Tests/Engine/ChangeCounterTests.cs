using DeployStack.Data.Provider;
using DeployStack.Data.Provider.Copying;
using Microsoft.Data.Sqlite;

namespace DeployStack.Data.Sqlite.Tests.Engine;

public sealed class ChangeCounterTests : IAsyncDisposable
{
    private readonly TemporarySqlite _sqlite = new();

    [Fact]
    public async Task Each_commit_of_this_and_of_other_connections_is_another_reading()
    {
        var counter = await CounterAsync(_sqlite);
        Assert.True(counter.SeesOtherProcesses);
        var readings = new HashSet<ulong> { counter.Read() };
        Assert.Equal(counter.Read(), counter.Read());
        for (var i = 0; i < 100; i++)
        {
            await _sqlite.Database.ExecuteAsync("INSERT INTO t VALUES (1)");
            Assert.True(readings.Add(counter.Read()));
        }

        using var other = OpenOther();
        for (var i = 0; i < 100; i++)
        {
            Execute(other, "INSERT INTO t VALUES (2)");
            Assert.True(readings.Add(counter.Read()));
        }
    }

    [Fact]
    public async Task Reads_and_what_is_rolled_back_leave_it_as_it_is()
    {
        var counter = await CounterAsync(_sqlite);
        var before = counter.Read();
        await _sqlite.Database.ExecuteScalarAsync<long>("SELECT count(*) FROM t");
        await Assert.ThrowsAsync<InvalidOperationException>(() => _sqlite.Database.WriteAsync<int>(static async session =>
        {
            await session.ExecuteAsync("INSERT INTO t VALUES (3)");
            throw new InvalidOperationException();
        }));
        Assert.Equal(before, counter.Read());
    }

    [Fact]
    public async Task After_a_reopening_it_follows_the_file_again()
    {
        var counter = await CounterAsync(_sqlite);
        await _sqlite.Engine.ReopenAsync();
        Assert.True(counter.SeesOtherProcesses);
        using var other = OpenOther();
        var before = counter.Read();
        Execute(other, "INSERT INTO t VALUES (2)");
        Assert.NotEqual(before, counter.Read());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task In_memory_and_with_a_rollback_journal_it_counts_the_commits_of_the_writer(bool isMemory)
    {
        await using var sqlite = new TemporarySqlite(options =>
        {
            if (isMemory)
            {
                options.Path = ":memory:";
            }
            else
            {
                options.Pragmas.JournalMode = SqliteJournalMode.Delete;
            }
        });
        var counter = await CounterAsync(sqlite);
        Assert.Equal(isMemory, counter.SeesOtherProcesses);
        var before = counter.Read();
        Assert.Equal(before, counter.Read());
        await sqlite.Database.ExecuteAsync("INSERT INTO t VALUES (1)");
        Assert.NotEqual(before, counter.Read());
    }

    [Fact]
    public async Task Closed_it_is_another_one_each_time()
    {
        var sqlite = new TemporarySqlite();
        var counter = await CounterAsync(sqlite);
        await sqlite.DisposeAsync();
        Assert.Equal(10, Enumerable.Range(0, 10).Select(_ => counter.Read()).Distinct().Count());
        Assert.False(counter.SeesOtherProcesses);
    }

    [Fact]
    public async Task Threads_that_read_it_while_the_database_is_closed_read_no_freed_memory()
    {
        using var stop = new CancellationTokenSource();
        ChangeCounter? current = null;
        var reads = 0L;
        var threads = Enumerable.Range(0, 4).Select(_ => Task.Factory.StartNew(
            () =>
            {
                while (!stop.IsCancellationRequested)
                {
                    GC.KeepAlive(Volatile.Read(ref current)?.Read());
                    Interlocked.Increment(ref reads);
                }
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default)).ToList();
        for (var i = 0; i < 50; i++)
        {
            await using var sqlite = new TemporarySqlite();
            Volatile.Write(ref current, await CounterAsync(sqlite));
            await sqlite.Database.ExecuteAsync("INSERT INTO t VALUES (1)");
            if (i % 10 == 0)
            {
                GC.Collect();
            }
        }

        await stop.CancelAsync();
        await Task.WhenAll(threads);
        Assert.True(reads > 0);
    }

    [Fact]
    public async Task A_reading_allocates_nothing()
    {
        var counter = await CounterAsync(_sqlite);
        _ = counter.Read();
        var before = GC.GetAllocatedBytesForCurrentThread();
        var sum = 0UL;
        for (var i = 0; i < 10_000; i++)
        {
            sum += counter.Read();
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        GC.KeepAlive(sum);
    }

    public ValueTask DisposeAsync() => _sqlite.DisposeAsync();

    private static async Task<ChangeCounter> CounterAsync(TemporarySqlite sqlite)
    {
        await sqlite.Database.ExecuteAsync("CREATE TABLE t (x)");
        return (await ((IProvidedDatabase)sqlite.Database).GetChangeCounterAsync())!;
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private SqliteConnection OpenOther()
    {
        var other = new SqliteConnection($"Data Source={_sqlite.Path};Pooling=false");
        other.Open();
        return other;
    }
}
