using Xunit;

namespace DeployStack.Data.Testing.Conformance.Transactions;

/// <summary>A batch is one transaction on every engine.</summary>
/// <param name="fixture">The provider under test.</param>
public abstract class BatchTests(ConformanceFixture fixture) : ConformanceSuite(fixture)
{
    private const string Schema = "CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT)";
    private const string Insert = "INSERT INTO t VALUES (@id, @name)";
    private const string Ids = "SELECT id FROM t ORDER BY id";

    [Fact]
    public async Task A_batch_runs_in_order_and_tells_the_rows_of_each_statement()
    {
        var database = CreateDatabase();
        var result = await database.ExecuteBatchAsync(
        [
            new(Schema),
            new("INSERT INTO t VALUES (1, 'a'), (2, 'b'), (3, 'c')"),
            new("CREATE INDEX i ON t(name)"),
            new("UPDATE t SET name = @name WHERE id >= @id", new { id = 2, name = "z" }),
            new("SELECT * FROM t"),
            new("DELETE FROM t WHERE id = 99"),
            new("DELETE FROM t WHERE name = 'a'"),
        ]);
        Assert.Equal([0, 3, 0, 2, 0, 0, 1], result.RowsAffected);
        Assert.Equal(6, result.TotalRowsAffected);
        Assert.Equal([(2, "z"), (3, "z")], await database.QueryAsync<(int, string)>("SELECT * FROM t ORDER BY id"));
    }

    [Fact]
    public async Task An_empty_batch_does_nothing()
    {
        var result = await CreateDatabase().ExecuteBatchAsync([]);
        Assert.Empty(result.RowsAffected);
        Assert.Equal(0, result.TotalRowsAffected);
    }

    [Fact]
    public async Task A_statement_that_fails_undoes_the_whole_batch()
    {
        var database = await CreateDatabaseAsync(Schema, "INSERT INTO t VALUES (1, 'a')");
        string[] failing = ["INSERT INTO t VALUES (1, 'again')", "INSERT INTO missing VALUES (1)", "INSERT garbage", "SELECT @nowhere"];
        foreach (var sql in failing)
        {
            var error = await Assert.ThrowsAsync<DatabaseException>(() => database.ExecuteBatchAsync(
                [new("INSERT INTO t VALUES (2, 'b')"), new("CREATE TABLE other (id INTEGER)"), new("UPDATE t SET name = 'z'"), new(sql), new("INSERT INTO t VALUES (3, 'c')")],
                new() { Label = "five" }));
            Assert.Equal(("five", sql), (error.Label, error.Sql));
            Assert.False(error.IsTransient);
            Assert.False(error.OutcomeUnknown);
            Assert.Equal([1L], await database.QueryAsync<long>(Ids));
            await ThrowsAsync(DatabaseErrorKind.SchemaMissing, () => database.QueryAsync<long>("SELECT id FROM other"));
        }
    }

    [Fact]
    public async Task A_statement_that_fails_is_known_by_its_place()
    {
        var database = await CreateDatabaseAsync(Schema, "CREATE TABLE child (id INTEGER PRIMARY KEY, t INTEGER REFERENCES t(id) DEFERRABLE INITIALLY DEFERRED)");
        (int? Place, SqlStatement[] Batch)[] cases =
        [
            (0, [new("INSERT INTO missing VALUES (1)"), new("INSERT INTO t VALUES (1, 'a')")]),
            (2, [new("INSERT INTO t VALUES (1, 'a')"), new("SELECT 1"), new("INSERT INTO t VALUES (1, 'a')")]),
            (1, [new("SELECT 1"), new("SELECT @nowhere"), new("SELECT 1")]),
            (2, [new("SELECT 1"), new("SELECT 1"), new("SELECT 1") { Expectation = StatementExpectation.NoRows }]),
            (1, [new("SELECT 1"), new("DELETE FROM t") { Expectation = StatementExpectation.Affects(1) }]),
            (null, [new("SELECT 1"), new("INSERT INTO child VALUES (1, 7)")]), // found at the commit
        ];
        foreach (var (place, batch) in cases)
        {
            var error = await Assert.ThrowsAsync<DatabaseException>(() => database.ExecuteBatchAsync(batch));
            Assert.Equal(place, error.StatementIndex);
            Assert.Empty(await database.QueryAsync<long>(Ids));
        }
    }

    [Fact]
    public async Task A_thousand_statements_are_one_batch()
    {
        var database = await CreateDatabaseAsync(Schema);
        var result = await database.ExecuteBatchAsync([.. Enumerable.Range(0, 1000).Select(static i => new SqlStatement(Insert, new { id = i, name = $"n{i}" }))]);
        Assert.Equal(1000, result.TotalRowsAffected);
        Assert.Equal(1000, await database.ExecuteScalarAsync<int>("SELECT count(DISTINCT name) FROM t"));
        await ThrowsAsync(DatabaseErrorKind.UniqueViolation, () => database.ExecuteBatchAsync([.. Enumerable.Range(1000, 1000).Append(0).Select(static i => new SqlStatement(Insert, new { id = i, name = "x" }))]));
        Assert.Equal(1000, await database.ExecuteScalarAsync<int>("SELECT count(*) FROM t"));
    }

    [Fact]
    public async Task A_batch_may_be_made_of_thousands_of_different_statements()
    {
        var database = await CreateDatabaseAsync(Schema);
        await database.ExecuteBatchAsync([.. Enumerable.Range(0, 2000).Select(static i => new SqlStatement($"INSERT INTO t VALUES ({i}, 'n')"))]);
        Assert.Equal(2000, await database.ExecuteScalarAsync<int>("SELECT count(*) FROM t"));
    }

    [Fact]
    public async Task Batches_at_the_same_time_do_not_mix()
    {
        var database = await CreateDatabaseAsync("CREATE TABLE counter (id INTEGER PRIMARY KEY, value INTEGER)", "INSERT INTO counter VALUES (1, 0), (2, 0)");
        await Task.WhenAll(Enumerable.Range(0, 16).Select(async task =>
        {
            for (var i = 0; i < 10 * TestScale.Amount; i++)
            {
                var error = await Record.ExceptionAsync(() => database.ExecuteBatchAsync(
                [
                    new("UPDATE counter SET value = value + 1 WHERE id = 1"),
                    new("UPDATE counter SET value = (SELECT value FROM counter WHERE id = 1) WHERE id = 2"),
                    new(task % 4 == 3 ? "INSERT INTO counter VALUES (1, 0)" : "SELECT 1"),
                ]));
                Assert.Equal(task % 4 == 3, error is DatabaseException { Kind: DatabaseErrorKind.UniqueViolation });
            }
        }));
        var expected = 12 * 10 * TestScale.Amount;
        Assert.Equal([expected, expected], await database.QueryAsync<int>("SELECT value FROM counter ORDER BY id"));
    }

    [Fact]
    public async Task A_batch_that_fails_at_its_end_is_undone_too()
    {
        var database = await CreateDatabaseAsync(
            Schema,
            "CREATE TABLE child (id INTEGER PRIMARY KEY, t INTEGER REFERENCES t(id) DEFERRABLE INITIALLY DEFERRED)");
        var kept = await database.ExecuteBatchAsync([new("INSERT INTO child VALUES (1, 7)"), new(Insert, new { id = 7, name = "late" })]);
        Assert.Equal(2, kept.TotalRowsAffected);
        await ThrowsAsync(DatabaseErrorKind.ForeignKeyViolation, () => database.ExecuteBatchAsync([new("INSERT INTO child VALUES (2, 8)"), new(Insert, new { id = 9, name = "other" })]));
        Assert.Equal([7], await database.QueryAsync<int>(Ids));
        Assert.Equal([1], await database.QueryAsync<int>("SELECT id FROM child"));
    }

    [Fact]
    public async Task Foreign_keys_are_switched_off_for_one_batch_or_the_wish_is_refused()
    {
        var database = await CreateDatabaseAsync(
            Schema,
            "CREATE TABLE child (id INTEGER PRIMARY KEY, t INTEGER REFERENCES t(id) ON DELETE CASCADE)",
            "INSERT INTO t VALUES (1, 'a')",
            "INSERT INTO child VALUES (10, 1)");
        SqlStatement[] rebuild =
        [
            new("CREATE TABLE new (id INTEGER PRIMARY KEY, name TEXT, more TEXT)"),
            new("INSERT INTO new SELECT id, name, 'm' FROM t"),
            new("DROP TABLE t"),
            new("ALTER TABLE new RENAME TO t"),
        ];
        if (!database.Capabilities.ForeignKeysOff)
        {
            var refusal = await ThrowsAsync(DatabaseErrorKind.NotSupported, () => database.ExecuteBatchAsync(rebuild, new() { ForeignKeysOff = true, Label = "rebuild" }));
            Assert.Contains("Order the statements", refusal.Message, StringComparison.Ordinal);
            Assert.Equal("rebuild", refusal.Label);
            await ThrowsAsync(DatabaseErrorKind.SchemaMissing, () => database.QueryAsync<string>("SELECT more FROM t"));
            return;
        }

        await database.ExecuteBatchAsync([.. rebuild, new("PRAGMA foreign_key_check") { Expectation = StatementExpectation.NoRows }], new() { ForeignKeysOff = true });
        Assert.Equal([10], await database.QueryAsync<int>("SELECT id FROM child")); // no cascade
        Assert.Equal("m", await database.ExecuteScalarAsync<string>("SELECT more FROM t"));
        await ThrowsAsync(DatabaseErrorKind.UniqueViolation, () => database.ExecuteBatchAsync([new("DELETE FROM t"), new("INSERT INTO child VALUES (10, 1)")], new() { ForeignKeysOff = true }));
        await ThrowsAsync(DatabaseErrorKind.ForeignKeyViolation, () => ApplyAsync(database, "INSERT INTO child VALUES (11, 99)"));
        await ApplyAsync(database, "DELETE FROM t");
        Assert.Empty(await database.QueryAsync<int>("SELECT id FROM child")); // the cascade works again
    }
}
