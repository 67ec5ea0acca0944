using DeployStack.Data.Sqlite.Handles.Constraints;

namespace DeployStack.Data.Sqlite.Tests.Errors;

public sealed class StatementTargetTests
{
    [Theory]
    [InlineData("INSERT INTO t VALUES (1)", "INSERT", "t", false, false)]
    [InlineData("insert or ignore into t values (1)", "INSERT", "t", false, false)]
    [InlineData("INSERT OR REPLACE INTO main.t VALUES (1)", "INSERT", "t", true, false)]
    [InlineData("REPLACE INTO t VALUES (1)", "INSERT", "t", true, false)]
    [InlineData("-- INSERT INTO x\n/* UPDATE y */ UPDATE \"my \"\"t\" SET a = 'DELETE FROM z'", "UPDATE", "my \"t", false, false)]
    [InlineData("UPDATE OR FAIL [my t] SET a = 1", "UPDATE", "my t", false, false)]
    [InlineData("DELETE FROM `t` WHERE a IN (SELECT 1)", "DELETE", "t", false, false)]
    [InlineData("WITH x AS (SELECT replace(a, 'b', 'c') FROM y) INSERT INTO t SELECT * FROM x WHERE true ON CONFLICT DO UPDATE SET a = 1", "INSERT", "t", false, true)]
    public void The_written_table_is_read_from_the_text(string sql, string verb, string table, bool replaces, bool upserts)
        => Assert.Equal(new(verb, table, replaces, upserts), StatementTarget.Of(sql));

    [Theory]
    [InlineData("SELECT 1")]
    [InlineData("PRAGMA foreign_keys")]
    [InlineData("DELETE FROM")]
    [InlineData("INSERT INTO \"")]
    public void Text_without_a_target_has_none(string sql)
        => Assert.True(StatementTarget.Of(sql) is null or { Table.Length: <= 1 });
}
