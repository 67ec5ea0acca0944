using System.Data;
using System.Data.Common;
using System.Diagnostics;
using DeployStack.Data.Reliability.Support;
using Microsoft.Data.Sqlite;

namespace DeployStack.Data.Reliability.Lending;

/// <summary>Connections for raw ADO.NET code: what cannot succeed fails at once, what can is waited for by SQLite itself.</summary>
public sealed class LentConnectionTests : IAsyncLifetime, IDisposable
{
    private const int BusySnapshot = 517;

    private static readonly TimeSpan _upgradeBound = TimeSpan.FromMilliseconds(5) * Scale.Slack;

    private readonly ScenarioFolder _folder = new();
    private readonly TestDatabase _database;

    public LentConnectionTests() => _database = new(_folder.Database(), static options => options.BusyTimeout = TimeSpan.FromMilliseconds(600));

    public async Task InitializeAsync() => await _database.Database.ExecuteAsync("CREATE TABLE t (v INTEGER)");

    public async Task DisposeAsync() => await _database.DisposeAsync();

    public void Dispose()
    {
        _folder.Passed();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("ExecuteNonQuery")]
    [InlineData("ExecuteScalar")]
    [InlineData("ExecuteReader")]
    [InlineData("ExecuteNonQueryAsync")]
    [InlineData("prepared")]
    public async Task A_deferred_transaction_that_reads_and_then_writes_fails_at_once_with_advice(string how)
    {
        using var figures = Summary.Of($"deferred upgrade, {how}");
        DatabaseException? exception = null;

        var best = await Until.BestAsync(_upgradeBound, async () =>
        {
            await using var connection = await _database.DataSource.OpenConnectionAsync();
            await using var transaction = ((SqliteConnection)connection).BeginTransaction(deferred: true);
            await ScalarAsync(connection, transaction, "SELECT count(*) FROM t");
            await _database.Database.ExecuteAsync("INSERT INTO t VALUES (1)"); // the snapshot is stale now
            await using var command = Command(connection, transaction, "INSERT INTO t VALUES (2) RETURNING v");
            if (how == "prepared")
            {
                await command.PrepareAsync();
            }

            var started = Stopwatch.GetTimestamp();
            exception = await Assert.ThrowsAsync<DatabaseException>(() => ExecuteAsync(command, how));
            return Stopwatch.GetElapsedTime(started);
        });

        figures["milliseconds"] = best.TotalMilliseconds;
        Assert.InRange(best, TimeSpan.Zero, _upgradeBound);
        Assert.Equal(DatabaseErrorKind.Busy, exception!.Kind);
        Assert.Equal(BusySnapshot, exception.NativeExtendedErrorCode);
        Assert.True(exception.IsTransient);
        Assert.Contains("BEGIN IMMEDIATE", exception.Message, StringComparison.Ordinal);
        Assert.Contains("WriteAsync", exception.Message, StringComparison.Ordinal);
        Assert.IsType<SqliteException>(exception.InnerException);
    }

    [Fact]
    public async Task The_same_on_the_providers_own_connection_waits_for_its_whole_timeout()
    {
        // The control: this is what the loop of sleeps in the provider does, and why it is off on a lent connection.
        await using var connection = new SqliteConnection($"Data Source={_folder.Database()};Pooling=False;Default Timeout=1");
        await connection.OpenAsync();
        await using var transaction = connection.BeginTransaction(deferred: true);
        await ScalarAsync(connection, transaction, "SELECT count(*) FROM t");
        await _database.Database.ExecuteAsync("INSERT INTO t VALUES (1)");
        await using var command = Command(connection, transaction, "INSERT INTO t VALUES (2)");
        var started = Stopwatch.GetTimestamp();

        var exception = await Assert.ThrowsAsync<SqliteException>(() => command.ExecuteNonQueryAsync());

        Assert.Equal(BusySnapshot, exception.SqliteExtendedErrorCode);
        Assert.True(Stopwatch.GetElapsedTime(started) > TimeSpan.FromMilliseconds(900));
    }

    [Theory]
    [InlineData("statement")]
    [InlineData("begin")]
    [InlineData("reader")]
    public async Task A_lock_is_waited_for_by_SQLite_for_BusyTimeout_and_not_by_the_provider_for_CommandTimeout(string where)
    {
        await using var connection = await _database.DataSource.OpenConnectionAsync();
        using var holder = HostProcess.Start("hold", _folder.Database());
        await holder.ExpectAsync("held");
        await using var command = Command(connection, null, "INSERT INTO t VALUES (2) RETURNING v");
        command.CommandTimeout = 30; // the provider would sleep and retry for that long
        var started = Stopwatch.GetTimestamp();

        var exception = await Assert.ThrowsAsync<DatabaseException>(() => where switch
        {
            "begin" => Task.Run(() => connection.BeginTransaction()),
            "reader" => command.ExecuteReaderAsync(),
            _ => command.ExecuteNonQueryAsync(),
        });

        Assert.InRange(Stopwatch.GetElapsedTime(started), TimeSpan.FromMilliseconds(590), TimeSpan.FromSeconds(5));
        Assert.Equal(DatabaseErrorKind.Busy, exception.Kind);
        await holder.GoOnAsync();
    }

    [Fact]
    public async Task A_lock_that_is_soon_released_is_not_slept_over()
    {
        await using var connection = await _database.DataSource.OpenConnectionAsync();
        var bound = TimeSpan.FromMilliseconds(100) * Scale.Slack; // the provider's first sleep alone is 150 ms
        var best = await Until.BestAsync(bound, async () =>
        {
            using var inside = new ManualResetEventSlim();
            using var release = new ManualResetEventSlim();
            var holder = _database.Database.WriteAsync(
                session =>
                {
                    inside.Set();
                    release.Wait();
                    return session.ExecuteAsync("INSERT INTO t VALUES (1)");
                },
                new WriteOptions { RunOnce = true });
            await Task.Run(inside.Wait);
            await using var command = Command(connection, null, "INSERT INTO t VALUES (2)");
            var waiting = Task.Factory.StartNew(command.ExecuteNonQuery, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default); // a thread of its own: it blocks
            await Task.Delay(20); // it has met the lock by now; where it has not, the measured time is only shorter
            var started = Stopwatch.GetTimestamp();
            release.Set();
            await Task.WhenAll(holder, waiting);
            return Stopwatch.GetElapsedTime(started);
        });

        Assert.InRange(best, TimeSpan.Zero, bound);
    }

    [Fact]
    public async Task Lent_connections_and_the_engine_write_together_without_a_lost_update()
    {
        await _database.Database.ExecuteAsync("INSERT INTO t VALUES (0)");
        var writes = Scale.Of(100);

        await Task.WhenAll(Enumerable.Range(0, 4).Select(i => Task.Run(() => i % 2 == 0 ? IncreaseLentAsync(writes) : IncreaseAsync(writes))));

        Assert.Equal(4 * writes, await _database.Database.ExecuteScalarAsync<long>("SELECT v FROM t"));
    }

    private static DbCommand Command(DbConnection connection, DbTransaction? transaction, string sql)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        command.Transaction = transaction;
        return command;
    }

    private static async Task<object?> ScalarAsync(DbConnection connection, DbTransaction? transaction, string sql)
    {
        await using var command = Command(connection, transaction, sql);
        return await command.ExecuteScalarAsync();
    }

    private static Task ExecuteAsync(DbCommand command, string how) => how switch
    {
        "ExecuteScalar" => Task.Run(() => command.ExecuteScalar()),
        "ExecuteReader" => Task.Run(() => command.ExecuteReader()),
        "ExecuteNonQuery" => Task.Run(() => command.ExecuteNonQuery()),
        _ => command.ExecuteNonQueryAsync(),
    };

    private async Task IncreaseLentAsync(int writes)
    {
        await using var connection = await _database.DataSource.OpenConnectionAsync();
        for (var i = 0; i < writes; i++)
        {
            await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.Serializable);
            var v = (long)(await ScalarAsync(connection, transaction, "SELECT v FROM t"))!;
            await ScalarAsync(connection, transaction, $"UPDATE t SET v = {v + 1}");
            await transaction.CommitAsync();
        }
    }

    private async Task IncreaseAsync(int writes)
    {
        for (var i = 0; i < writes; i++)
        {
            await _database.Database.WriteAsync(static async session =>
            {
                var v = await session.ExecuteScalarAsync<long>("SELECT v FROM t");
                await session.ExecuteAsync("UPDATE t SET v = @v", new { v = v + 1 });
            });
        }
    }
}
