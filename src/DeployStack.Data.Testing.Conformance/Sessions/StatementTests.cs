using Xunit;

namespace DeployStack.Data.Testing.Conformance.Sessions;

/// <summary>One statement means one statement: what else a text may be is refused or harmless.</summary>
/// <param name="fixture">The provider under test.</param>
public abstract class StatementTests(ConformanceFixture fixture) : ConformanceSuite(fixture)
{
    private const string Schema = "CREATE TABLE t (id INTEGER PRIMARY KEY)";

    [Theory]
    [InlineData("SELECT 1; SELECT 2")]
    [InlineData("SELECT 1; DELETE FROM t")]
    [InlineData("SELECT 1; garbage")]
    public async Task Two_statements_where_one_is_asked_are_refused(string sql)
    {
        var database = await CreateDatabaseAsync(Schema, "INSERT INTO t VALUES (1)");
        var error = await ThrowsAsync(DatabaseErrorKind.InvalidSql, () => database.ReadAsync(s => s.QueryAsync<long>(sql)));
        Assert.Equal(sql, error.Sql);
        Assert.Equal(1, await database.ExecuteScalarAsync<long>("SELECT count(*) FROM t"));
    }

    [Fact]
    public async Task Two_writing_statements_where_one_is_asked_do_nothing()
    {
        var database = await CreateDatabaseAsync(Schema);
        const string sql = "INSERT INTO t VALUES (1); INSERT INTO t VALUES (2)";
        await ThrowsAsync(DatabaseErrorKind.InvalidSql, () => database.ExecuteBatchAsync([new(sql)]));
        await ThrowsAsync(DatabaseErrorKind.InvalidSql, () => database.ExecuteAsync(sql));
        if (await CanWriteInteractivelyAsync(database))
        {
            await ThrowsAsync(DatabaseErrorKind.InvalidSql, () => database.WriteAsync(s => s.ExecuteAsync(sql)));
        }

        Assert.Equal(0, await database.ExecuteScalarAsync<long>("SELECT count(*) FROM t"));
    }

    [Theory]
    [InlineData("SELECT 5;")]
    [InlineData("SELECT 5 ; \n\t")]
    [InlineData("SELECT 5; -- done")]
    [InlineData("SELECT 5; /* done */ -- indeed\n")]
    [InlineData("-- first\n/* second */ SELECT 5")]
    [InlineData("SELECT /* ; */ 5 -- ; SELECT 6")]
    public async Task Semicolons_and_comments_around_one_statement_are_harmless(string sql)
        => Assert.Equal(5, await CreateDatabase().ExecuteScalarAsync<long>(sql));

    [Theory]
    [InlineData("-- nothing")]
    [InlineData("/* nothing */")]
    [InlineData(";")]
    [InlineData(" ; -- nothing\n ; ")]
    public async Task A_text_without_a_statement_is_refused(string sql)
    {
        var database = await CreateDatabaseAsync(Schema);
        await ThrowsAsync(DatabaseErrorKind.InvalidSql, () => database.ReadAsync(s => s.QueryAsync<long>(sql)));
        await ThrowsAsync(DatabaseErrorKind.InvalidSql, () => database.ExecuteBatchAsync([new("INSERT INTO t VALUES (1)"), new(sql)]));
        Assert.Equal(0, await database.ExecuteScalarAsync<long>("SELECT count(*) FROM t"));
    }

    [Fact]
    public async Task A_statement_that_was_used_before_notices_a_changed_schema()
    {
        var database = await CreateDatabaseAsync(Schema, "INSERT INTO t VALUES (1)");
        const string sql = "SELECT * FROM t";
        Assert.Equal([1L], await database.QueryAsync<long>(sql));
        await ApplyAsync(database, "ALTER TABLE t ADD COLUMN name TEXT DEFAULT 'a'");
        Assert.Equal([(1L, "a")], await database.QueryAsync<(long, string)>(sql));
        await ApplyAsync(database, "DROP TABLE t", "CREATE TABLE t (name TEXT, id INTEGER)", "INSERT INTO t VALUES ('b', 2)");
        Assert.Equal([("b", 2L)], await database.QueryAsync<(string, long)>(sql));
        Assert.Equal(new Row(2, "b"), await database.QuerySingleAsync<Row>(sql));
    }

    [Fact]
    public async Task Many_different_statements_and_long_ones_work()
    {
        var database = CreateDatabase();
        for (var i = 0; i < 300; i++)
        {
            Assert.Equal(i, await database.ExecuteScalarAsync<long>($"SELECT {i}"));
        }

        var text = new string('x', 100_000);
        Assert.Equal(text, await database.ExecuteScalarAsync<string>($"SELECT '{text}'"));
    }

    private sealed record Row(long Id, string Name);
}
