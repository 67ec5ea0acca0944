using DeployStack.Data.Migrations.Rehearsal;

namespace DeployStack.Data.Tests.Migrations;

public sealed class AffectedRowsTests
{
    [Fact]
    public void Rows_count_for_the_table_that_a_statement_changes()
        => Assert.Equal(
            [("audit log", 1), ("teams", 9)],
            Of(
                ("INSERT INTO teams SELECT id FROM old", 4),
                ("WITH gone AS (SELECT id FROM old) DELETE FROM main.TEAMS WHERE id IN (SELECT id FROM gone)", 2),
                ("UPDATE OR IGNORE \"teams\" SET id = 1", 3),
                ("REPLACE INTO [audit log] VALUES ('INSERT INTO x')", 1),
                ("CREATE TABLE x (a)", 0)));

    [Fact]
    public void Rows_follow_a_table_that_is_renamed_and_go_with_one_that_is_dropped()
        => Assert.Equal(
            [("teams", 5)],
            Of(
                ("UPDATE teams SET id = id", 7),
                ("INSERT INTO new_teams SELECT id FROM teams", 5),
                ("DROP TABLE teams", 0),
                ("ALTER TABLE new_teams RENAME TO teams", 0)));

    private static IEnumerable<(string Table, long Rows)> Of(params (string Sql, int Affected)[] statements)
        => AffectedRows.Of([.. statements.Select(each => new SqlStatement(each.Sql))], [.. statements.Select(each => each.Affected)])
            .Select(pair => (pair.Key, pair.Value))
            .OrderBy(pair => pair.Key, StringComparer.Ordinal);
}
