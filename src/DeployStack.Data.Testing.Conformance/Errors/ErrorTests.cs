using Xunit;

namespace DeployStack.Data.Testing.Conformance.Errors;

/// <summary>Errors that are no constraints, and what every error carries.</summary>
/// <param name="fixture">The provider under test.</param>
public abstract class ErrorTests(ConformanceFixture fixture) : ConformanceSuite(fixture)
{
    private const string Schema = "CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT)";

    [Theory]
    [InlineData("SELECT * FROM missing", "missing")]
    [InlineData("SELECT missing FROM t", "missing")]
    [InlineData("SELECT t.missing FROM t", "missing")]
    public async Task What_does_not_exist_is_named(string sql, string name)
    {
        var database = await CreateDatabaseAsync(Schema);
        var error = await ThrowsAsync(DatabaseErrorKind.SchemaMissing, () => database.QueryAsync<long>(sql, options: new() { Label = "tested" }));
        Assert.Equal(("tested", sql), (error.Label, error.Sql));
        Assert.Contains(name, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("INSERT INTO missing VALUES (1)")]
    [InlineData("UPDATE t SET missing = 1")]
    [InlineData("DELETE FROM missing")]
    public async Task What_does_not_exist_cannot_be_written(string sql)
    {
        var database = await CreateDatabaseAsync(Schema);
        var error = await ThrowsAsync(DatabaseErrorKind.SchemaMissing, () => database.ExecuteBatchAsync([new("INSERT INTO t VALUES (1, 'a')"), new(sql)], new() { Label = "tested" }));
        Assert.Equal(("tested", sql), (error.Label, error.Sql));
        Assert.Contains("missing", error.Message, StringComparison.Ordinal);
        Assert.Equal(0, await database.ExecuteScalarAsync<int>("SELECT count(*) FROM t"));
    }

    [Theory]
    [InlineData("SELEC 1")]
    [InlineData("SELECT FROM WHERE")]
    [InlineData("SELECT 'never closed")]
    [InlineData("SELECT no_such_function(1)")]
    [InlineData("SELECT abs(1, 2, 3)")]
    public async Task Wrong_sql_is_told_from_everything_else(string sql)
    {
        var database = CreateDatabase();
        var error = await ThrowsAsync(DatabaseErrorKind.InvalidSql, () => database.QueryAsync<long>(sql, options: new() { Label = "tested" }));
        Assert.Equal(("tested", sql), (error.Label, error.Sql));
        Assert.False(error.IsTransient);
    }

    [Fact]
    public async Task The_database_is_as_good_as_new_after_any_error()
    {
        var database = await CreateDatabaseAsync(Schema, "INSERT INTO t VALUES (1, 'a')");
        for (var i = 0; i < 20; i++)
        {
            await ThrowsAsync(DatabaseErrorKind.SchemaMissing, () => database.QueryAsync<long>("SELECT * FROM missing"));
            await ThrowsAsync(DatabaseErrorKind.InvalidSql, () => database.QueryAsync<long>("SELEC"));
            await ThrowsAsync(DatabaseErrorKind.UniqueViolation, () => ApplyAsync(database, "INSERT INTO t VALUES (2, 'b')", "INSERT INTO t VALUES (1, 'again')"));
            await ThrowsAsync(DatabaseErrorKind.ReadOnly, () => database.QueryAsync<long>("DELETE FROM t RETURNING id"));
            await ThrowsAsync(DatabaseErrorKind.ResultShape, () => database.QueryAsync<int>("SELECT name FROM t"));
            Assert.Equal([(1, "a")], await database.QueryAsync<(int, string)>("SELECT id, name FROM t"));
        }
    }

    [Fact]
    public async Task An_error_in_the_middle_of_a_result_has_its_kind_and_statement()
    {
        var database = await CreateDatabaseAsync(Schema, "INSERT INTO t VALUES (1, '1'), (2, 'text'), (3, '3')");
        const string sql = "SELECT CASE WHEN id < 3 THEN id ELSE abs(-9223372036854775808) END FROM t ORDER BY id";
        var error = await Assert.ThrowsAsync<DatabaseException>(() => database.QueryAsync<long>(sql, options: new() { Label = "tested" }));
        Assert.Equal(("tested", sql), (error.Label, error.Sql));
        Assert.False(error.IsTransient);
    }
}
