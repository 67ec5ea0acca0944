using Xunit;

namespace DeployStack.Data.Testing.Conformance.Transactions;

/// <summary>What a statement of a batch may expect, and that an expectation that is not met undoes the batch.</summary>
/// <param name="fixture">The provider under test.</param>
public abstract class ExpectationTests(ConformanceFixture fixture) : ConformanceSuite(fixture)
{
    private const string Schema = "CREATE TABLE t (id INTEGER PRIMARY KEY, version INTEGER NOT NULL)";
    private const string Update = "UPDATE t SET version = version + 1 WHERE id = @id AND version = @version";
    private const string Version = "SELECT version FROM t WHERE id = 1";

    [Fact]
    public async Task Expectations_that_are_met_change_nothing()
    {
        var database = await CreateDatabaseAsync(Schema, "INSERT INTO t VALUES (1, 5), (2, 5)");
        var result = await database.ExecuteBatchAsync(
        [
            new(Update, new { id = 1, version = 5 }) { Expectation = StatementExpectation.Affects(1) },
            new("UPDATE t SET version = 9") { Expectation = StatementExpectation.Affects(2) },
            new("DELETE FROM t WHERE id = 3") { Expectation = StatementExpectation.Affects(0) },
            new("SELECT id FROM t WHERE version <> 9") { Expectation = StatementExpectation.NoRows },
        ]);
        Assert.Equal([1, 2, 0, 0], result.RowsAffected);
        Assert.Equal(9, await database.ExecuteScalarAsync<int>(Version));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public async Task Another_number_of_rows_undoes_the_batch(int expected)
    {
        var database = await CreateDatabaseAsync(Schema, "INSERT INTO t VALUES (1, 5)");
        var error = await ThrowsAsync(DatabaseErrorKind.ExpectationFailed, () => database.ExecuteBatchAsync(
            [new("INSERT INTO t VALUES (2, 5)"), new(Update, new { id = 1, version = 5 }) { Expectation = StatementExpectation.Affects(expected) }],
            new() { Label = "save" }));
        Assert.Equal(("save", Update), (error.Label, error.Sql));
        Assert.Contains("Statement 2", error.Message, StringComparison.Ordinal);
        Assert.False(error.IsTransient);
        Assert.Equal([(1, 5)], await database.QueryAsync<(int, int)>("SELECT id, version FROM t"));
    }

    [Fact]
    public async Task A_row_where_none_was_expected_undoes_the_batch()
    {
        var database = await CreateDatabaseAsync(Schema);
        const string check = "SELECT id FROM t WHERE version > 3";
        var error = await ThrowsAsync(DatabaseErrorKind.ExpectationFailed, () => database.ExecuteBatchAsync(
            [new("INSERT INTO t VALUES (1, 5)"), new(check) { Expectation = StatementExpectation.NoRows }, new("INSERT INTO t VALUES (2, 1)")],
            new() { Label = "save" }));
        Assert.Equal(("save", check), (error.Label, error.Sql));
        Assert.Empty(await database.QueryAsync<int>("SELECT id FROM t"));
    }

    [Fact]
    public async Task A_single_statement_may_expect_something_too()
    {
        var database = await CreateDatabaseAsync(Schema, "INSERT INTO t VALUES (1, 5), (2, 5)");
        await ThrowsAsync(DatabaseErrorKind.ExpectationFailed, () => database.ExecuteBatchAsync([new("DELETE FROM t") { Expectation = StatementExpectation.Affects(1) }]));
        Assert.Equal(2, await database.ExecuteScalarAsync<int>("SELECT count(*) FROM t"));
        await ThrowsAsync(DatabaseErrorKind.ExpectationFailed, () => database.ExecuteBatchAsync(
            [new("DELETE FROM t RETURNING id") { Expectation = StatementExpectation.NoRows }]));
        Assert.Equal(2, await database.ExecuteScalarAsync<int>("SELECT count(*) FROM t"));
    }

    [Fact]
    public async Task Of_many_who_save_the_same_version_exactly_one_wins()
    {
        var database = await CreateDatabaseAsync(Schema, "INSERT INTO t VALUES (1, 0)");
        for (var version = 0; version < 10; version++)
        {
            var outcomes = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Record.ExceptionAsync(() => database.ExecuteBatchAsync(
                [new(Update, new { id = 1, version }) { Expectation = StatementExpectation.Affects(1) }]))));
            Assert.Single(outcomes, static outcome => outcome is null);
            Assert.All(outcomes.OfType<DatabaseException>(), static error => Assert.Equal(DatabaseErrorKind.ExpectationFailed, error.Kind));
        }

        Assert.Equal(10, await database.ExecuteScalarAsync<int>(Version));
    }

    [Fact]
    public void A_negative_number_of_rows_cannot_be_expected()
        => Assert.Throws<ArgumentOutOfRangeException>(() => StatementExpectation.Affects(-1));
}
