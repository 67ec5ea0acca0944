namespace DeployStack.Data.Sqlite.Tests.Errors;

public sealed class StatementErrorTests() : SchemaTests(options => options.Path = ":memory:")
{
    protected override IReadOnlyList<string> Schema =>
    [
        "CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b TEXT)",
        "CREATE VIEW v AS SELECT missing_here FROM t",
        "CREATE VIRTUAL TABLE words USING fts5(body)",
    ];

    [Theory]
    [InlineData("SELECT * FROM teams", DatabaseErrorKind.SchemaMissing, "no such table: teams")]
    [InlineData("DROP TABLE teams", DatabaseErrorKind.SchemaMissing, "no such table: teams")]
    [InlineData("DROP VIEW teams", DatabaseErrorKind.SchemaMissing, "no such view: teams")]
    [InlineData("DROP INDEX teams", DatabaseErrorKind.SchemaMissing, "no such index: teams")]
    [InlineData("SELECT nope FROM t", DatabaseErrorKind.SchemaMissing, "no such column: nope")]
    [InlineData("SELECT x.nope FROM t AS x", DatabaseErrorKind.SchemaMissing, "no such column: x.nope")]
    [InlineData("INSERT INTO t (nope) VALUES (1)", DatabaseErrorKind.SchemaMissing, "table t has no column named nope")]
    [InlineData("UPDATE t SET nope = 1", DatabaseErrorKind.SchemaMissing, "no such column: nope")]
    [InlineData("SELECT * FROM v", DatabaseErrorKind.SchemaMissing, "no such column: a name in double quotes, in a view")]
    [InlineData("SELECT a FRM t x y", DatabaseErrorKind.InvalidSql, "syntax error at line 1, column 14")]
    [InlineData("SELECT a\nFROM WHERE x", DatabaseErrorKind.InvalidSql, "syntax error near the keyword WHERE at line 2, column 6")]
    [InlineData("SELECT a FROM", DatabaseErrorKind.InvalidSql, "ends before the statement does")]
    [InlineData("SELECT a, a FROM t AS x, t AS y", DatabaseErrorKind.InvalidSql, "ambiguous column name: a")]
    [InlineData("SELECT nope(1)", DatabaseErrorKind.InvalidSql, "no such function: nope")]
    [InlineData("INSERT INTO t VALUES (1)", DatabaseErrorKind.InvalidSql, "table t has 3 columns but 1 values were supplied")]
    [InlineData("CREATE TABLE t (x)", DatabaseErrorKind.InvalidSql, "table t already exists")]
    [InlineData("SELECT json('{')", DatabaseErrorKind.InvalidParameter, "malformed JSON")]
    [InlineData("SELECT * FROM t LIMIT 'x'", DatabaseErrorKind.InvalidParameter, "LIMIT")]
    [InlineData("ATTACH 'other.db' AS o", DatabaseErrorKind.NotSupported, "ATTACH is not supported")]
    [InlineData("DELETE FROM sqlite_schema", DatabaseErrorKind.NotAuthorized, "defensive")]
    [InlineData("INSERT INTO t (a) VALUES (zeroblob(1000000001))", DatabaseErrorKind.TooLarge, "limit")]
    public async Task A_wrong_statement_says_what_is_wrong(string sql, DatabaseErrorKind kind, string fragment)
    {
        var error = await FailsAsync(sql);
        Assert.Equal(kind, error.Kind);
        Assert.Contains(fragment, error.Message, StringComparison.Ordinal);
        Assert.Equal(sql, error.Sql);
    }

    [Theory]
    [InlineData("SELECT * FROM teams", "teams", "")]
    [InlineData("SELECT * FROM main.teams", "teams", "")]
    [InlineData("INSERT INTO t (nope) VALUES (1)", "t", "nope")]
    [InlineData("SELECT x.nope FROM t AS x", null, "nope")]
    public async Task What_is_missing_in_the_schema_is_named(string sql, string? table, string columns)
    {
        var error = await FailsAsync(sql);
        Assert.Equal((table, columns), (error.Table, string.Join(',', error.Columns)));
    }

    [Theory]
    [InlineData("SELECT 'a' 'b' 'TOPSECRET'")]
    [InlineData("SELECT a FROM t WHERE a = 'TOPSECRET")]
    [InlineData("SELECT a FROM t WHERE a = \"TOPSECRET\"")]
    [InlineData("SELECT a FROM t WHERE a = 'x' 'it''s TOPSECRET'")]
    [InlineData("SELECT a FROM t WHERE a = x'TOPSECRET'")]
    [InlineData("SELECT json_extract('{}', 'TOPSECRET')")]
    [InlineData("SELECT * FROM t WHERE a = 4711TOPSECRET")]
    public async Task A_literal_of_the_SQL_is_in_no_message(string sql)
    {
        var error = await FailsAsync(sql);
        Assert.NotEqual(DatabaseErrorKind.Unknown, error.Kind);
        Assert.DoesNotContain("TOPSECRET", error.ToString(), StringComparison.Ordinal);
        Assert.Equal(sql, error.Sql);
    }

    [Theory]
    [InlineData("SELECT * FROM words WHERE words MATCH @p", "TOPSECRET:x")]
    [InlineData("SELECT * FROM words WHERE words MATCH @p", "\"TOPSECRET")]
    [InlineData("SELECT * FROM words WHERE words MATCH @p", "x TOPSECRET (")]
    [InlineData("SELECT json_extract('{}', @p)", "TOPSECRET")]
    [InlineData("SELECT json(@p)", "{TOPSECRET")]
    [InlineData("SELECT 'a' LIKE 'b' ESCAPE @p", "TOPSECRET")]
    [InlineData("INSERT INTO t (id) VALUES (@p)", "TOPSECRET")]
    [InlineData("INSERT INTO words (words) VALUES (@p)", "TOPSECRET")]
    public async Task A_parameter_value_is_in_no_message(string sql, string p)
    {
        var error = await Assert.ThrowsAsync<DatabaseException>(() => Database.ExecuteAsync(sql, new { p }));
        Assert.DoesNotContain("TOPSECRET", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_read_through_a_write_session_of_what_throws_keeps_values_out()
    {
        await using var sqlite = new TemporarySqlite(options =>
        {
            options.Path = ":memory:";
            options.OnConnectionOpened = connection => connection.CreateFunction<string, string>("fails", static value => throw new InvalidOperationException($"bad value {value}"));
        });
        var error = await Assert.ThrowsAsync<DatabaseException>(() => sqlite.Database.ExecuteScalarAsync<string>("SELECT fails(@p)", new { p = "TOPSECRET" }));
        Assert.DoesNotContain("TOPSECRET", error.ToString(), StringComparison.Ordinal);
        Assert.Contains("value", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("cannot start a transaction within a transaction")]
    [InlineData("cannot commit - no transaction is active")]
    [InlineData("no such savepoint: x")]
    [InlineData("cannot VACUUM from within a transaction")]
    [InlineData("Safety level may not be changed inside a transaction")]
    public void A_transaction_statement_out_of_place_is_misuse(string text)
        => Assert.Equal(DatabaseErrorKind.SessionMisuse, Sqlite.Errors.SqliteErrors.Create(1, 1, text, default).Kind);

    [Theory]
    [InlineData("too many SQL variables", DatabaseErrorKind.TooLarge)]
    [InlineData("Expression tree is too large (maximum depth 1000)", DatabaseErrorKind.TooLarge)]
    [InlineData("unsafe use of evil()", DatabaseErrorKind.NotAuthorized)]
    [InlineData("unsupported file format", DatabaseErrorKind.NotADatabase)]
    [InlineData("too many attached databases - max 0", DatabaseErrorKind.NotSupported)]
    public void Limits_and_prohibitions_have_their_kinds(string text, DatabaseErrorKind kind)
        => Assert.Equal(kind, Sqlite.Errors.SqliteErrors.Create(1, 1, text, default).Kind);
}
