using DeployStack.Data.Migrations;
using Xunit;

namespace DeployStack.Data.Testing.Conformance.Migrations;

/// <summary>Migrations that fail: the database stands at the one before, and the message says where to look.</summary>
/// <param name="fixture">The provider under test.</param>
public abstract class MigrationFailureTests(ConformanceFixture fixture) : ConformanceSuite(fixture)
{
    private static readonly (string Name, string Sql) _teams = ("0001_teams.sql", "CREATE TABLE teams (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);\nINSERT INTO teams VALUES (1, 'first');");

    private static readonly (string Name, string Sql) _children = ("0002_children.sql", """
        CREATE TABLE children (id INTEGER PRIMARY KEY, team_id INTEGER NOT NULL REFERENCES teams(id) ON DELETE CASCADE);
        INSERT INTO children VALUES (1, 1), (2, 1);
        """);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task A_failure_at_any_statement_leaves_nothing_of_its_migration(int failing)
    {
        var database = CreateDatabase();
        string[] statements = ["CREATE TABLE a (x INTEGER)", "INSERT INTO a VALUES (1)", "UPDATE teams SET name = 'changed'", "DROP TABLE a"];
        var script = string.Concat(statements.Select((sql, i) => (i + 1 == failing ? "INSERT INTO teams VALUES (2, NULL)" : sql) + ";\n"));
        var runner = Scripts.Runner(database, _teams, ("0002_fails.sql", "-- it fails\n" + script), ("0003_never.sql", "CREATE TABLE never (x);"));

        var error = Assert.IsType<MigrationException>(await ThrowsAsync(DatabaseErrorKind.MigrationFailed, runner.ApplyAsync));
        Assert.Equal(("0002", failing + 1, failing), (error.Identity, error.Line, error.Statement));
        Assert.Contains("0002_fails.sql", error.Message, StringComparison.Ordinal);
        Assert.Contains($"statement {failing}, line {failing + 1}, column 1", error.Message, StringComparison.Ordinal);
        Assert.Equal(DatabaseErrorKind.NotNullViolation, Assert.IsAssignableFrom<DatabaseException>(error.InnerException).Kind);

        Assert.Equal(["first"], await database.QueryAsync<string>("SELECT name FROM teams"), StringComparer.Ordinal);
        await ThrowsAsync(DatabaseErrorKind.SchemaMissing, () => database.QueryAsync<long>("SELECT x FROM a"));
        Assert.Equal(["0001"], (await runner.GetStatusAsync()).Applied.Select(static each => each.Identity), StringComparer.Ordinal);
    }

    [Fact]
    public async Task Equal_statements_are_told_apart()
    {
        var database = CreateDatabase();
        var runner = Scripts.Runner(database, ("0001_full.sql", """
            CREATE TABLE t (x INTEGER);
            CREATE TRIGGER two BEFORE INSERT ON t WHEN (SELECT count(*) FROM t) = 2 BEGIN SELECT RAISE(ABORT, 'full'); END;
            INSERT INTO t VALUES (1);
            INSERT INTO t VALUES (1);
            INSERT INTO t VALUES (1); INSERT INTO t VALUES (1);
            """));
        var error = Assert.IsType<MigrationException>(await ThrowsAsync(DatabaseErrorKind.MigrationFailed, runner.ApplyAsync));
        Assert.Equal((5, 1, 5), (error.Line, error.Column, error.Statement));
        Assert.Equal("INSERT INTO t VALUES (1)", error.Sql);
    }

    [Fact]
    public async Task A_corrected_script_goes_on_where_the_run_stopped()
    {
        var database = CreateDatabase();
        await ThrowsAsync(DatabaseErrorKind.MigrationFailed, Scripts.Runner(database, _teams, ("0002_a.sql", "CREATE TABLE a (x); SELECT no_such_function();")).ApplyAsync);
        var result = await Scripts.Runner(database, _teams, ("0002_a.sql", "CREATE TABLE a (x);")).ApplyAsync();
        Assert.Equal(["0002"], result.Applied.Select(static each => each.Identity), StringComparer.Ordinal);
        Assert.Equal(1, result.AlreadyApplied);
    }

    [Fact]
    public async Task A_duplicate_in_the_data_is_a_failure_and_no_lost_race()
    {
        var database = CreateDatabase();
        var error = await ThrowsAsync(DatabaseErrorKind.MigrationFailed, Scripts.Runner(database, _teams, ("0002_b.sql", "INSERT INTO teams VALUES (2, 'first');")).ApplyAsync);
        Assert.Equal(DatabaseErrorKind.UniqueViolation, Assert.IsAssignableFrom<DatabaseException>(error.InnerException).Kind);
        Assert.Equal("teams", error.Table);
    }

    [Fact]
    public async Task Other_line_ends_are_no_change()
    {
        var database = CreateDatabase();
        await Scripts.Runner(database, _teams).ApplyAsync();
        var windows = _teams.Sql.Replace("\n", "\r\n", StringComparison.Ordinal);
        Assert.Empty((await Scripts.Runner(database, (_teams.Name, "\uFEFF" + windows)).ApplyAsync()).Applied);
    }

    [Fact]
    public async Task A_script_that_cannot_run_is_found_before_the_first_one_runs()
    {
        var database = CreateDatabase();
        var error = Assert.IsType<MigrationException>(await ThrowsAsync(
            DatabaseErrorKind.MigrationFailed, Scripts.Runner(database, _teams, ("0002_commit.sql", "SELECT 1;\nCOMMIT;")).ApplyAsync));
        Assert.Equal(("0002", 2, 2), (error.Identity, error.Line, error.Statement));
        Assert.Equal(1, error.Column);
        await ThrowsAsync(DatabaseErrorKind.SchemaMissing, () => database.QueryAsync<long>("SELECT id FROM teams"));
    }

    [Fact]
    public async Task Rebuilding_a_table_with_foreign_keys_off_keeps_what_refers_to_it()
    {
        var database = CreateDatabase();
        await Scripts.Runner(database, _teams, _children).ApplyAsync();
        var runner = Scripts.Runner(database, _teams, _children, ("0003_rebuild.sql", """
            PRAGMA foreign_keys=OFF;--> statement-breakpoint
            CREATE TABLE `__new_teams` (`id` INTEGER PRIMARY KEY, `name` TEXT NOT NULL, `slug` TEXT);--> statement-breakpoint
            INSERT INTO `__new_teams`(`id`, `name`) SELECT `id`, `name` FROM `teams`;--> statement-breakpoint
            DROP TABLE `teams`;--> statement-breakpoint
            ALTER TABLE `__new_teams` RENAME TO `teams`;--> statement-breakpoint
            PRAGMA foreign_keys=ON;
            """));
        if (!database.Capabilities.ForeignKeysOff)
        {
            var refusal = Assert.IsType<MigrationException>(await ThrowsAsync(DatabaseErrorKind.MigrationFailed, runner.ApplyAsync));
            Assert.Equal(1, refusal.Line);
            Assert.Contains("cannot switch foreign keys off", refusal.Message, StringComparison.Ordinal);
            Assert.Equal(2, await database.ExecuteScalarAsync<long>("SELECT count(*) FROM children"));
            return;
        }

        await runner.ApplyAsync();
        Assert.Equal(2, await database.ExecuteScalarAsync<long>("SELECT count(*) FROM children"));
        Assert.Null(await database.ExecuteScalarAsync<string>("SELECT slug FROM teams"));
        await ThrowsAsync(DatabaseErrorKind.ForeignKeyViolation, () => ApplyAsync(database, "INSERT INTO children VALUES (3, 99)"));
    }

    [Fact]
    public async Task Rows_that_violate_a_foreign_key_undo_a_migration_that_switched_them_off()
    {
        var database = CreateDatabase();
        if (!database.Capabilities.ForeignKeysOff)
        {
            return; // such a script is refused, as the test above shows
        }

        var runner = Scripts.Runner(database, _teams, _children, ("0003_orphans.sql", "PRAGMA foreign_keys = OFF;\nDELETE FROM teams;"));
        var error = Assert.IsType<MigrationException>(await ThrowsAsync(DatabaseErrorKind.MigrationFailed, runner.ApplyAsync));
        Assert.Equal("0003", error.Identity);
        Assert.Contains("foreign_key_check", error.Message, StringComparison.Ordinal);
        Assert.Equal(1, await database.ExecuteScalarAsync<long>("SELECT count(*) FROM teams"));
    }

    [Fact]
    public async Task A_table_of_that_name_with_other_columns_is_no_empty_history()
    {
        var database = await CreateDatabaseAsync("CREATE TABLE deploystack_migrations (id INTEGER PRIMARY KEY, hash TEXT)");
        await ThrowsAsync(DatabaseErrorKind.SchemaMissing, Scripts.Runner(database, _teams).ApplyAsync);
        await ThrowsAsync(DatabaseErrorKind.SchemaMissing, () => Scripts.Runner(database, _teams).GetStatusAsync());
        await ThrowsAsync(DatabaseErrorKind.SchemaMissing, () => database.QueryAsync<long>("SELECT id FROM teams"));
    }

    [Fact]
    public async Task A_fired_token_applies_nothing()
    {
        var database = CreateDatabase();
        var runner = Scripts.Runner(database, _teams);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => runner.ApplyAsync(new CancellationToken(canceled: true)));
        Assert.Single((await runner.GetStatusAsync()).Pending);
    }

    [Fact]
    public async Task A_cancelled_migration_is_undone_and_may_be_applied_later()
    {
        var database = CreateDatabase();
        var slow = Scripts.Runner(database, _teams, ("0002_slow.sql", "CREATE TABLE t (id INTEGER);\n" + Slow.Insert));
        await Slow.TimeToCancelAsync(token => slow.ApplyAsync(token), TimeSpan.FromMilliseconds(300));
        await ThrowsAsync(DatabaseErrorKind.SchemaMissing, () => database.QueryAsync<long>("SELECT id FROM t"));
        var result = await Scripts.Runner(database, _teams, ("0002_slow.sql", "CREATE TABLE t (id INTEGER);")).ApplyAsync();
        Assert.Equal("0002", result.Applied[^1].Identity);
    }

    [Fact]
    public async Task A_deadline_ends_a_migration_that_takes_too_long()
    {
        var database = CreateDatabase();
        var runner = MigrationRunnerFactory.Create(database, new MigrationOptions
        {
            Sources = { Scripts.Source(("0001_slow.sql", "CREATE TABLE t (id INTEGER);\n" + Slow.Insert)) },
            Deadline = TimeSpan.FromMilliseconds(300),
        });
        var error = await ThrowsAsync(DatabaseErrorKind.MigrationFailed, runner.ApplyAsync);
        Assert.Equal(DatabaseErrorKind.Timeout, Assert.IsAssignableFrom<DatabaseException>(error.InnerException).Kind);
        Assert.True(error.IsTransient);
    }

    // a lambda for methods with an optional token
    private static Task<DatabaseException> ThrowsAsync(DatabaseErrorKind kind, Func<CancellationToken, Task> action)
        => ThrowsAsync(kind, () => action(default));
}
