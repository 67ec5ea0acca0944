using System.Data;
using Xunit;

namespace DeployStack.Data.Testing.Conformance.Sessions;

/// <summary>What a session refuses: use outside its unit, two operations at once, writes of a reader, statements that
/// would take the transaction or the database out of its hands.</summary>
/// <param name="fixture">The provider under test.</param>
public abstract class SessionMisuseTests(ConformanceFixture fixture) : ConformanceSuite(fixture)
{
    private const string Schema = "CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT)";
    private const string Count = "SELECT count(*) FROM t";

    /// <summary>Statements that end or begin a transaction, however they are written.</summary>
    public static TheoryData<string> TransactionStatements => new(
        "BEGIN", "begin immediate", "COMMIT", "END", "ROLLBACK", "SAVEPOINT a", "RELEASE a", "ROLLBACK TO a",
        " \n-- remark\n/* another */ Commit", "; BEGIN");

    [Fact]
    public async Task A_reading_session_is_of_no_use_after_its_unit()
    {
        var database = await CreateDatabaseAsync(Schema, "INSERT INTO t VALUES (1, 'a')");
        IReadSession kept = null!;
        await database.ReadAsync(s =>
        {
            kept = s;
            return s.ExecuteScalarAsync<long>(Count);
        });
        await ThrowsAsync(DatabaseErrorKind.SessionMisuse, async () => await kept.QueryAsync<long>(Count));
        await ThrowsAsync(DatabaseErrorKind.SessionMisuse, async () => await kept.QuerySingleAsync<long>(Count));
        await ThrowsAsync(DatabaseErrorKind.SessionMisuse, async () => await kept.QuerySingleOrDefaultAsync<long>(Count));
        await ThrowsAsync(DatabaseErrorKind.SessionMisuse, async () => await kept.QueryFirstOrDefaultAsync<long>(Count));
        await ThrowsAsync(DatabaseErrorKind.SessionMisuse, async () => await kept.ExecuteScalarAsync<long>(Count));
        await ThrowsAsync(DatabaseErrorKind.SessionMisuse, async () => await kept.StreamAsync<long>(Count).GetAsyncEnumerator().MoveNextAsync());
        await ThrowsAsync(DatabaseErrorKind.SessionMisuse, () => Task.FromResult(kept.Connection));
    }

    [Fact]
    public async Task A_writing_session_is_of_no_use_after_its_unit()
    {
        var database = await CreateDatabaseAsync(Schema);
        if (!await CanWriteInteractivelyAsync(database))
        {
            return;
        }

        IWriteSession kept = null!;
        await database.WriteAsync(s =>
        {
            kept = s;
            return default;
        });
        await ThrowsAsync(DatabaseErrorKind.SessionMisuse, async () => await kept.ExecuteAsync("INSERT INTO t(id) VALUES (1)"));
        await ThrowsAsync(DatabaseErrorKind.SessionMisuse, async () => await kept.SavepointAsync(static _ => default));
        await ThrowsAsync(DatabaseErrorKind.SessionMisuse, () =>
        {
            kept.AfterCommit(static () => { });
            return Task.CompletedTask;
        });
        Assert.Equal(0, await database.ExecuteScalarAsync<long>(Count));
    }

    [Fact]
    public async Task A_session_of_a_failed_unit_is_of_no_use_either()
    {
        var database = await CreateDatabaseAsync(Schema);
        IReadSession kept = null!;
        await Assert.ThrowsAsync<InvalidTimeZoneException>(() => database.ReadAsync<long>(s =>
        {
            kept = s;
            throw new InvalidTimeZoneException();
        }));
        await ThrowsAsync(DatabaseErrorKind.SessionMisuse, async () => await kept.QueryAsync<long>(Count));
    }

    [Fact]
    public async Task A_stream_cannot_be_read_on_after_its_unit()
    {
        var database = await CreateDatabaseAsync(Schema, "INSERT INTO t VALUES (1, 'a'), (2, 'b'), (3, 'c')");
        var rows = await database.ReadAsync(async s =>
        {
            var rows = s.StreamAsync<long>("SELECT id FROM t ORDER BY id").GetAsyncEnumerator();
            Assert.True(await rows.MoveNextAsync());
            return rows;
        });
        await ThrowsAsync(DatabaseErrorKind.SessionMisuse, async () => await rows.MoveNextAsync());
        await rows.DisposeAsync();
        await ApplyAsync(database, "DROP TABLE t"); // which an open statement would prevent
    }

    [Fact]
    public async Task Two_operations_at_once_are_refused_and_the_first_one_ends_well()
    {
        var database = CreateDatabase();
        var count = await database.ReadAsync(async s =>
        {
            await Task.Yield();
            var first = s.ExecuteScalarAsync<long>(Slow.ShortQuery).AsTask();
            var second = Record.ExceptionAsync(async () => await s.ExecuteScalarAsync<long>("SELECT 2"));
            var count = await first;
            Assert.Equal(DatabaseErrorKind.SessionMisuse, Assert.IsType<DatabaseException>(await second).Kind);
            return count;
        });
        Assert.Equal(300_000, count);
    }

    [Fact]
    public async Task A_unit_that_returns_before_its_operation_ended_fails_and_keeps_nothing()
    {
        var database = await CreateDatabaseAsync(Schema);
        var error = await ThrowsAsync(DatabaseErrorKind.SessionMisuse, () => database.ReadAsync(
            async s =>
            {
                await Task.Yield();
                _ = s.ExecuteScalarAsync<long>(Slow.ShortQuery).AsTask().ContinueWith(static task => task.Exception, TaskScheduler.Default);
                return 1;
            },
            new ReadOptions { Label = "hasty" }));
        Assert.Equal("hasty", error.Label);
        if (await CanWriteInteractivelyAsync(database))
        {
            await ThrowsAsync(DatabaseErrorKind.SessionMisuse, () => database.WriteAsync(async s =>
            {
                await Task.Yield();
                await s.ExecuteAsync("INSERT INTO t(id) VALUES (1)");
                _ = s.ExecuteScalarAsync<long>(Slow.ShortQuery).AsTask().ContinueWith(static task => task.Exception, TaskScheduler.Default);
            }));
        }

        Assert.Equal(0, await database.ExecuteScalarAsync<long>(Count));
    }

    [Theory]
    [InlineData("INSERT INTO t(id) VALUES (7) RETURNING id")]
    [InlineData("UPDATE t SET id = 7 RETURNING id")]
    [InlineData("DELETE FROM t")]
    [InlineData("CREATE TABLE other (id INTEGER)")]
    [InlineData("DROP TABLE t")]
    [InlineData("WITH n AS (SELECT 7 AS i) INSERT INTO t(id) SELECT i FROM n RETURNING id")]
    public async Task A_write_in_a_reading_session_is_refused(string sql)
    {
        var database = await CreateDatabaseAsync(Schema, "INSERT INTO t VALUES (1, 'a')");
        var error = await ThrowsAsync(DatabaseErrorKind.ReadOnly, () => database.ReadAsync(s => s.QueryAsync<long>(sql), new ReadOptions { Label = "reader" }));
        Assert.Equal(("reader", sql), (error.Label, error.Sql));
        Assert.Contains("nothing was written", error.Message, StringComparison.Ordinal);
        Assert.False(error.IsTransient);
        Assert.Equal([1L], await database.QueryAsync<long>("SELECT id FROM t"));
    }

    [Theory]
    [MemberData(nameof(TransactionStatements))]
    public async Task Transaction_statements_are_refused(string sql)
    {
        var database = await CreateDatabaseAsync(Schema);
        await ThrowsAsync(DatabaseErrorKind.SessionMisuse, () => database.ReadAsync(s => s.QueryAsync<long>(sql)));
        await ThrowsAsync(DatabaseErrorKind.SessionMisuse, () => database.ExecuteBatchAsync([new("INSERT INTO t(id) VALUES (1)"), new(sql)]));
        Assert.Equal(0, await database.ExecuteScalarAsync<long>(Count));
        if (await CanWriteInteractivelyAsync(database))
        {
            await database.WriteAsync(async s =>
            {
                await s.ExecuteAsync("INSERT INTO t(id) VALUES (1)");
                await ThrowsAsync(DatabaseErrorKind.SessionMisuse, async () => await s.ExecuteAsync(sql));
                await s.ExecuteAsync("INSERT INTO t(id) VALUES (2)");
            });
            Assert.Equal(2, await database.ExecuteScalarAsync<long>(Count));
        }
    }

    [Theory]
    [InlineData("ATTACH DATABASE ':memory:' AS other")]
    [InlineData("DETACH DATABASE other")]
    [InlineData("/* */ attach ':memory:' as other")]
    public async Task Other_databases_are_not_attached(string sql)
    {
        var database = await CreateDatabaseAsync(Schema);
        await ThrowsAsync(DatabaseErrorKind.NotSupported, () => database.ReadAsync(s => s.QueryAsync<long>(sql)));
        await ThrowsAsync(DatabaseErrorKind.NotSupported, () => database.ExecuteBatchAsync([new(sql)]));
        if (await CanWriteInteractivelyAsync(database))
        {
            await ThrowsAsync(DatabaseErrorKind.NotSupported, () => database.WriteAsync(s => s.ExecuteAsync(sql)));
        }
    }

    [Fact]
    public async Task A_session_lends_its_connection_or_says_that_it_has_none()
    {
        var database = await CreateDatabaseAsync(Schema, "INSERT INTO t VALUES (1, 'a')");
        if (!database.Capabilities.Connections)
        {
            await ThrowsAsync(DatabaseErrorKind.NotSupported, () => database.ReadAsync(s => ValueTask.FromResult(s.Connection)));
            return;
        }

        var count = await database.ReadAsync(async s =>
        {
            Assert.Equal(ConnectionState.Open, s.Connection.State);
            await using var command = s.Connection.CreateCommand();
            command.CommandText = Count;
            return (long)(await command.ExecuteScalarAsync())!;
        });
        Assert.Equal(1, count);
        if (await CanWriteInteractivelyAsync(database))
        {
            var seen = await database.WriteAsync(async s =>
            {
                await s.ExecuteAsync("INSERT INTO t(id) VALUES (2)");
                await using var command = s.Connection.CreateCommand();
                command.CommandText = "INSERT INTO t(id) VALUES (3)";
                await command.ExecuteNonQueryAsync();
                return await s.ExecuteScalarAsync<long>(Count);
            });
            Assert.Equal((3, 3), (seen, await database.ExecuteScalarAsync<long>(Count)));
        }
    }
}
