using DeployStack.Data.Migrations.Rebuild;
using Xunit;

namespace DeployStack.Data.Testing.Conformance.Migrations.Rebuild;

/// <summary>A rebuild that cannot be completed, at whatever point, leaves the database as it was.</summary>
/// <param name="fixture">The provider under test.</param>
public abstract class RebuildSafetyTests(ConformanceFixture fixture) : ConformanceSuite(fixture)
{
    private static readonly string[] _table =
    [
        "CREATE TABLE log (text TEXT)",
        "CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT, age TEXT)",
        "CREATE INDEX t_name ON t(name)",
        "CREATE VIEW v AS SELECT name FROM t",
        "CREATE TRIGGER t_insert AFTER INSERT ON t BEGIN INSERT INTO log VALUES (new.name); END",
        "INSERT INTO t VALUES (1, 'Ada', '36'), (2, 'Bob', NULL), (3, 'Cyd', '7')",
    ];

    private static readonly string[] _children =
    [
        "CREATE TABLE parent (id INTEGER PRIMARY KEY, name TEXT)",
        "CREATE TABLE child (id INTEGER PRIMARY KEY, parent_id INTEGER NOT NULL REFERENCES parent(id) ON DELETE CASCADE)",
        "INSERT INTO parent VALUES (1, 'a'), (2, 'b')",
        "INSERT INTO child VALUES (1, 1), (2, 1), (3, 2)",
    ];

    [Fact]
    public async Task Dropping_the_old_table_by_hand_deletes_the_children_and_a_rebuild_does_not()
    {
        var database = await CreateDatabaseAsync(_children);
        await ApplyAsync(
            database,
            "CREATE TABLE new_parent (id INTEGER PRIMARY KEY, name TEXT, email TEXT)",
            "INSERT INTO new_parent (id, name) SELECT id, name FROM parent",
            "DROP TABLE parent",
            "ALTER TABLE new_parent RENAME TO parent");
        Assert.Equal(0, await database.ExecuteScalarAsync<long>("SELECT count(*) FROM child"));

        var other = await CreateDatabaseAsync(_children);
        if (!other.Capabilities.ForeignKeysOff)
        {
            var refusal = await ThrowsAsync(DatabaseErrorKind.NotSupported, () => other.RebuildTableAsync("parent", static t => t.AddColumn("email TEXT")));
            Assert.Contains("child", refusal.Message, StringComparison.Ordinal);
        }
        else
        {
            await other.RebuildTableAsync("parent", static t => t.AddColumn("email TEXT"));
        }

        Assert.Equal(3, await other.ExecuteScalarAsync<long>("SELECT count(*) FROM child"));
        await ApplyAsync(other, "DELETE FROM parent WHERE id = 1");
        Assert.Equal(1, await other.ExecuteScalarAsync<long>("SELECT count(*) FROM child"));
    }

    [Fact]
    public async Task A_failure_behind_any_statement_changes_nothing()
    {
        var database = await CreateDatabaseAsync(_table);
        var before = await DatabaseContent.ReadAsync(database);
        var plan = await PlanAsync(database);
        for (var done = 0; done <= plan.Statements.Count; done++)
        {
            SqlStatement[] failing = [.. plan.Statements.Take(done), new("INSERT INTO log SELECT no_such_function()")];
            await Assert.ThrowsAnyAsync<DatabaseException>(() => database.ExecuteBatchAsync(failing, OptionsOf(plan)));
            Assert.Equal(before, await DatabaseContent.ReadAsync(database));
        }

        await database.ExecuteBatchAsync(plan.Statements, OptionsOf(plan));
        Assert.NotEqual(before, await DatabaseContent.ReadAsync(database));
        Assert.Equal(["1,'Ada',36", "2,'Bob',NULL", "3,'Cyd',7"], await Content.RowsAsync(database, "t", "id, title, age"), StringComparer.Ordinal);
    }

    [Theory]
    [InlineData("UPDATE {0} SET name = 'ADA' WHERE id = 1")]
    [InlineData("UPDATE {0} SET name = CAST(name AS BLOB) WHERE id = 3")]
    [InlineData("UPDATE {0} SET name = NULL WHERE id = 2")]
    [InlineData("UPDATE {0} SET age = 8 WHERE id = 3")]
    [InlineData("UPDATE {0} SET age = '36x' WHERE id = 1")]
    [InlineData("UPDATE {0} SET age = 0 WHERE id = 2")]
    [InlineData("DELETE FROM {0} WHERE id = 3")]
    [InlineData("INSERT INTO {0} (id) VALUES (4)")]
    [InlineData("UPDATE {0} SET id = 9 WHERE id = 3")]
    public async Task A_copy_that_differs_in_one_value_is_never_committed(string tampering)
    {
        var database = await CreateDatabaseAsync(_table);
        var before = await DatabaseContent.ReadAsync(database);
        var plan = await PlanAsync(database);
        var copy = plan.Statements.ToList().FindIndex(static statement => statement.Sql.StartsWith("INSERT OR ABORT INTO", StringComparison.Ordinal));
        List<SqlStatement> tampered = [.. plan.Statements];
        tampered.Insert(copy + 1, new(string.Format(System.Globalization.CultureInfo.InvariantCulture, tampering, "new_t")));
        await ThrowsAsync(DatabaseErrorKind.ExpectationFailed, () => database.ExecuteBatchAsync(tampered, OptionsOf(plan)));
        Assert.Equal(before, await DatabaseContent.ReadAsync(database));
    }

    [Theory]
    [InlineData("CREATE INDEX t_age ON t(age)")]
    [InlineData("CREATE VIEW w AS SELECT * FROM v")]
    [InlineData("CREATE TABLE child (t_id INTEGER REFERENCES [T])")]
    [InlineData("DROP VIEW v")]
    [InlineData("ALTER TABLE t ADD COLUMN more TEXT")]
    [InlineData("CREATE TRIGGER log_insert AFTER INSERT ON log BEGIN DELETE FROM \"t\"; END")]
    public async Task A_plan_for_another_schema_is_refused_by_its_first_statement(string change)
    {
        var database = await CreateDatabaseAsync(_table);
        var plan = await PlanAsync(database);
        await ApplyAsync(database, change);
        var before = await DatabaseContent.ReadAsync(database);
        var error = await ThrowsAsync(DatabaseErrorKind.ExpectationFailed, () => database.ExecuteBatchAsync(plan.Statements, OptionsOf(plan)));
        Assert.Equal(0, error.StatementIndex);
        Assert.Equal(before, await DatabaseContent.ReadAsync(database));
    }

    [Fact]
    public async Task A_plan_outlives_what_has_nothing_to_do_with_its_table()
    {
        var database = await CreateDatabaseAsync(_table);
        var plan = await PlanAsync(database);
        await ApplyAsync(database, "CREATE TABLE other (a)", "CREATE INDEX other_a ON other(a)", "INSERT INTO t (name) VALUES ('Dan')");
        await database.ExecuteBatchAsync(plan.Statements, OptionsOf(plan));
        Assert.Equal(4, await database.ExecuteScalarAsync<long>("SELECT count(title) FROM t"));
    }

    [Fact]
    public async Task A_fired_token_changes_nothing()
    {
        var database = await CreateDatabaseAsync(_table);
        var before = await DatabaseContent.ReadAsync(database);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => database.RebuildTableAsync("t", Change, cancellationToken: new CancellationToken(canceled: true)));
        Assert.Equal(before, await DatabaseContent.ReadAsync(database));
    }

    [Fact]
    public async Task A_preview_shows_the_statements_and_changes_nothing()
    {
        var database = await CreateDatabaseAsync(_table);
        var before = await DatabaseContent.ReadAsync(database);
        var preview = await database.PreviewRebuildAsync("t", Change);
        foreach (var part in new[] { "BEGIN IMMEDIATE;", "CREATE TABLE \"new_t\" (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT, age INTEGER);", "CREATE INDEX t_name ON t(name);", "RENAME COLUMN \"name\" TO title;", "COMMIT;" })
        {
            Assert.Contains(part, preview, StringComparison.Ordinal);
        }

        Assert.Equal(database.Capabilities.ForeignKeysOff, preview.StartsWith("PRAGMA foreign_keys=OFF;", StringComparison.Ordinal));
        Assert.Equal(before, await DatabaseContent.ReadAsync(database));
    }

    [Fact]
    public async Task A_result_tells_what_was_done()
    {
        var database = await CreateDatabaseAsync(_table);
        var result = await database.RebuildTableAsync("T", Change);
        Assert.Equal(("t", 3), (result.Table, result.RowsCopied));
        Assert.Equal(["index t_name", "view v", "trigger t_insert"], result.Recreated, StringComparer.Ordinal);
        Assert.True(result.Duration > TimeSpan.Zero);
    }

    [Fact]
    public async Task Many_rows_are_copied_and_proven()
    {
        const int Rows = 20_000;
        var database = await CreateDatabaseAsync(_table);
        await ApplyAsync(database, $"WITH RECURSIVE n(i) AS (SELECT 10 UNION ALL SELECT i + 3 FROM n LIMIT {Rows}) INSERT INTO t SELECT i, 'name ' || i, i FROM n");
        var sum = await database.ExecuteScalarAsync<long>("SELECT sum(id * length(name) * CAST(age AS INTEGER)) FROM t");
        var result = await database.RebuildTableAsync("t", Change);
        Assert.Equal(Rows + 3, result.RowsCopied);
        Assert.Equal(sum, await database.ExecuteScalarAsync<long>("SELECT sum(id * length(title) * age) FROM t"));
    }

    private static void Change(TableChange t) => t.ChangeType("age", "INTEGER").RenameColumn("name", "title");

    private static Task<TableRebuildPlan> PlanAsync(IDeployStackDatabase database) => TableRebuild.PlanAsync(database, "t", Change);

    private static BatchOptions OptionsOf(TableRebuildPlan plan) => new() { ForeignKeysOff = plan.ForeignKeysOff };
}
