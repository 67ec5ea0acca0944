using DeployStack.Data.Provider;

namespace DeployStack.Data.Tests.Provider;

public sealed class StatementGuardTests
{
    [Theory]
    [InlineData("BEGIN", DatabaseErrorKind.SessionMisuse)]
    [InlineData("  -- x\n/* y */;\uFEFF commit", DatabaseErrorKind.SessionMisuse)]
    [InlineData("End", DatabaseErrorKind.SessionMisuse)]
    [InlineData("/*/ SELECT */ ROLLBACK", DatabaseErrorKind.SessionMisuse)]
    [InlineData("/**/COMMIT", DatabaseErrorKind.SessionMisuse)]
    [InlineData("rollback to a", DatabaseErrorKind.SessionMisuse)]
    [InlineData("SAVEPOINT a", DatabaseErrorKind.SessionMisuse)]
    [InlineData("RELEASE a", DatabaseErrorKind.SessionMisuse)]
    [InlineData("ATTACH 'x' AS y", DatabaseErrorKind.NotSupported)]
    [InlineData("detach y", DatabaseErrorKind.NotSupported)]
    public void A_statement_that_takes_the_transaction_or_the_database_away_is_refused(string sql, DatabaseErrorKind kind)
    {
        var error = Assert.Throws<DatabaseException>(() => StatementGuard.Check(sql));
        Assert.Equal((kind, sql), (error.Kind, error.Sql));
    }

    [Theory]
    [InlineData("SELECT 'BEGIN'")]
    [InlineData("BEGINNING")]
    [InlineData("-- BEGIN")]
    [InlineData("/* BEGIN")]
    [InlineData("")]
    [InlineData("INSERT INTO begin VALUES (1)")]
    [InlineData("REPLACE INTO t VALUES (1)")]
    public void Every_other_statement_passes(string sql) => StatementGuard.Check(sql);

    [Theory]
    [InlineData("select 1", "select")]
    [InlineData("\r\n\t;; -- a\n -- b\n/* c */ WITH x", "WITH")]
    [InlineData("-- only a comment", "")]
    [InlineData("(SELECT 1)", "")]
    public void The_first_keyword_is_found(string sql, string expected)
        => Assert.Equal(expected, StatementKeyword.First(sql).ToString());
}
