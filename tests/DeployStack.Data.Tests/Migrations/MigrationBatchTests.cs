using DeployStack.Data.Migrations;
using DeployStack.Data.Migrations.Running;

namespace DeployStack.Data.Tests.Migrations;

public sealed class MigrationBatchTests
{
    private static readonly DatabaseCapabilities _full = new() { SystemName = "full", InteractiveTransactions = true, SnapshotReads = true, MaxParameters = 100, ForeignKeysOff = true };
    private static readonly DatabaseCapabilities _plain = _full with { SystemName = "plain", ForeignKeysOff = false };

    [Fact]
    public void The_history_row_is_the_first_statement()
    {
        var sql = Batch("CREATE TABLE a (x); CREATE TABLE b (x);").ToSql(DateTimeOffset.UnixEpoch);
        Assert.StartsWith("INSERT INTO deploystack_migrations", sql[0].Sql, StringComparison.Ordinal);
        Assert.Equal(["CREATE TABLE a (x)", "CREATE TABLE b (x)"], sql.Skip(1).Select(each => each.Sql));
    }

    [Fact]
    public void Foreign_keys_are_switched_by_the_batch_and_checked_at_its_end()
    {
        var batch = Batch("PRAGMA foreign_keys=OFF;\nDROP TABLE a;\nPRAGMA foreign_keys=ON;");
        Assert.True(batch.ForeignKeysOff);
        Assert.Equal(["DROP TABLE a", "PRAGMA foreign_key_check"], batch.ToSql(DateTimeOffset.UnixEpoch).Skip(1).Select(each => each.Sql));
        Assert.Equal(StatementExpectation.NoRows, batch.ToSql(DateTimeOffset.UnixEpoch)[^1].Expectation);
    }

    [Fact]
    public void Switching_foreign_keys_on_alone_changes_nothing()
    {
        var batch = Batch("PRAGMA foreign_keys = ON; DROP TABLE a");
        Assert.False(batch.ForeignKeysOff);
        Assert.Equal(["DROP TABLE a"], batch.ToSql(DateTimeOffset.UnixEpoch).Skip(1).Select(each => each.Sql));
    }

    [Fact]
    public void A_foreign_key_check_of_the_script_must_find_nothing()
        => Assert.Equal(StatementExpectation.NoRows, Batch("PRAGMA foreign_key_check('a')").ToSql(DateTimeOffset.UnixEpoch)[1].Expectation);

    [Fact]
    public void An_engine_that_cannot_switch_foreign_keys_off_refuses_the_script()
    {
        var error = Assert.Throws<MigrationException>(() => MigrationBatch.Of(Script("SELECT 1;\nPRAGMA foreign_keys=0;"), _plain));
        Assert.Equal((2, 2, "0007"), (error.Line, error.Statement, error.Identity));
        Assert.Contains("'plain' cannot switch foreign keys off", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("BEGIN")]
    [InlineData("begin immediate")]
    [InlineData("COMMIT")]
    [InlineData("END")]
    [InlineData("ROLLBACK")]
    [InlineData("SAVEPOINT a")]
    [InlineData("RELEASE a")]
    [InlineData("/* a */ -- b\n COMMIT TRANSACTION")]
    public void Transaction_statements_are_refused_with_their_line(string statement)
    {
        var error = Assert.Throws<MigrationException>(() => Batch($"SELECT 1;\n\n{statement};"));
        Assert.Equal(2, error.Statement);
        Assert.InRange(error.Line!.Value, 3, 4);
        Assert.Contains("every migration is one transaction already", error.Message, StringComparison.Ordinal);
        Assert.Contains("0007_script.sql", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ATTACH 'other.db' AS other", "ATTACH is not supported")]
    [InlineData("PRAGMA foreign_keys = maybe", "neither ON nor OFF")]
    [InlineData("SELECT 'open", "has no end")]
    public void What_cannot_run_is_refused_before_anything_runs(string statement, string message)
    {
        var error = Assert.Throws<MigrationException>(() => Batch($"SELECT 1;\n{statement}"));
        Assert.Equal(2, error.Line);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.Contains("Nothing was applied", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("SELECT * FROM 'deploystack_migrations'")]
    [InlineData("SELECT * FROM a, 'deploystack_migrations'")]
    [InlineData("INSERT INTO 'deploystack_migrations' VALUES ('x')")]
    [InlineData("INSERT INTO a VALUES ((SELECT x FROM b, 'deploystack_migrations'))")]
    [InlineData("INSERT INTO a VALUES (1 IN 'deploystack_migrations')")]
    [InlineData("INSERT INTO a VALUES ('deploystack_migrations'.identity)")]
    [InlineData("INSERT INTO a VALUES (1), (2); UPDATE a SET x = (SELECT 1 FROM ('deploystack_migrations'))")]
    [InlineData("INSERT INTO a VALUES (1, \"deploystack_migrations\")")]
    public void The_table_of_the_history_may_not_be_named_by_a_string(string sql)
        => Assert.Contains("belongs to the runner", Assert.Throws<MigrationException>(() => Batch(sql)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("INSERT INTO a VALUES ('deploystack_migrations')")]
    [InlineData("INSERT INTO a (x, y) VALUES (lower('x'), 'deploystack_migrations', 1)")]
    [InlineData("INSERT INTO a VALUES (1, ('b')), ('c', (2)),\n('x', 'Deploystack_Migrations')")]
    public void A_value_of_that_text_is_no_name(string sql) => Assert.Single(Batch(sql).Statements);

    [Fact]
    public void A_failure_names_file_line_and_statement_and_keeps_what_the_engine_said()
    {
        var native = new DatabaseException(DatabaseErrorKind.NotNullViolation, "NOT NULL constraint failed: a.x")
        {
            Sql = "INSERT INTO a VALUES (NULL)",
            StatementIndex = 2,
            Table = "a",
            Columns = ["x"],
            NativeErrorCode = 19,
            NativeExtendedErrorCode = 1299,
        };
        var error = Batch("CREATE TABLE a (x NOT NULL);\n\nINSERT INTO a VALUES (NULL);").Failure(native);
        Assert.Equal((DatabaseErrorKind.MigrationFailed, "0007", 3, 2), (error.Kind, error.Identity, error.Line, error.Statement));
        Assert.Contains("0007_script.sql", error.Message, StringComparison.Ordinal);
        Assert.Equal(1, error.Column);
        Assert.Contains("statement 2, line 3, column 1: NOT NULL constraint failed: a.x", error.Message, StringComparison.Ordinal);
        Assert.Equal(("a", 19, 1299, false), (error.Table, error.NativeErrorCode, error.NativeExtendedErrorCode, error.IsTransient));
        Assert.Same(native, error.InnerException);
    }

    [Fact]
    public void A_lock_that_was_held_for_the_whole_wait_is_a_kind_of_its_own_and_may_be_tried_again()
    {
        var error = Batch("SELECT 1").Failure(new(DatabaseErrorKind.Busy, "another process has the lock"));
        Assert.Equal(DatabaseErrorKind.MigrationLocked, error.Kind);
        Assert.True(error.IsTransient);
        Assert.Null(error.Line);
    }

    [Fact]
    public void An_unknown_outcome_stays_unknown()
    {
        var error = Batch("SELECT 1").Failure(new(DatabaseErrorKind.StorageIo, "the sync failed") { OutcomeUnknown = true });
        Assert.True(error.OutcomeUnknown);
        Assert.Contains("unknown", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("PRAGMA journal_mode = DELETE", "inside a transaction")]
    [InlineData("pragma main.synchronous=OFF", "inside a transaction")]
    [InlineData("PRAGMA writable_schema(1)", "rebuild the table")]
    [InlineData("PRAGMA \"cache_size\" = 10", "sets up the connection")]
    [InlineData("PRAGMA legacy_alter_table = ON", "sets up the connection")]
    [InlineData("VACUUM", "inside a transaction")]
    [InlineData("vacuum /* x */ INTO 'a.db'", "inside a transaction")]
    [InlineData("DELETE FROM deploystack_migrations", "belongs to the runner")]
    [InlineData("DROP TABLE \"DeployStack_Migrations\"", "belongs to the runner")]
    [InlineData("UPDATE main.[deploystack_migrations] SET checksum = ''", "belongs to the runner")]
    [InlineData("DROP TABLE 'deploystack_migrations'", "belongs to the runner")]
    [InlineData("CREATE TRIGGER t AFTER INSERT ON a BEGIN DELETE FROM /* ; */ `DEPLOYSTACK_MIGRATIONS`; END", "belongs to the runner")]
    public void What_is_dangerous_or_does_nothing_in_a_transaction_is_refused_with_the_reason(string statement, string message)
    {
        var error = Assert.Throws<MigrationException>(() => Batch($"SELECT 1;\n  {statement};"));
        Assert.Equal((2, 3, 2), (error.Line, error.Column, error.Statement));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.Contains("0007_script.sql), line 2, column 3", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("PRAGMA user_version = 7")]
    [InlineData("PRAGMA defer_foreign_keys = ON")]
    [InlineData("PRAGMA table_info(a)")]
    [InlineData("SELECT \"deploystack_migrations_2\"")]
    public void What_a_transaction_can_undo_may_stand_in_a_migration(string statement)
        => Assert.Equal([statement], Batch(statement).Statements.Select(each => each.Sql));

    [Fact]
    public void The_directive_for_foreign_keys_is_the_same_as_the_pragma()
    {
        var batch = Batch("-- deploystack: foreign-keys-off\nDROP TABLE a;");
        Assert.True(batch.ForeignKeysOff);
        Assert.Equal(["DROP TABLE a", "PRAGMA foreign_key_check"], batch.ToSql(DateTimeOffset.UnixEpoch).Skip(1).Select(each => each.Sql));
    }

    [Theory]
    [InlineData("SELECT 1;\n-- deploystack: foreign-keys-off\nSELECT 2;", "before the first statement")]
    [InlineData("SELECT 1;\n-- deploystack: foreign-key-off\nSELECT 2;", "'foreign-key-off' is not known")]
    [InlineData("SELECT 1;\n-- deploystack: foreign-keys-off", "behind the last statement")]
    public void A_directive_that_is_unknown_or_at_the_wrong_place_is_refused(string script, string message)
    {
        var error = Assert.Throws<MigrationException>(() => Batch(script));
        Assert.Equal(2, error.Line);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_repeatable_script_that_ran_before_replaces_its_row()
    {
        var first = (Batch("SELECT 1") with { Before = "old" }).ToSql(DateTimeOffset.UnixEpoch)[0];
        Assert.StartsWith("UPDATE deploystack_migrations", first.Sql, StringComparison.Ordinal);
        Assert.Equal(StatementExpectation.Affects(1), first.Expectation);
    }

    private static Migration Script(string sql) => new("0007", "script", "0007_script.sql", sql);

    private static MigrationBatch Batch(string sql) => MigrationBatch.Of(Script(sql), _full);
}
