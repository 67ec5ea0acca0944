using DeployStack.Data.Migrations;
using Xunit;

namespace DeployStack.Data.Testing.Conformance.Migrations;

/// <summary>Histories that do not fit the application: late, missing, superseded, modified.</summary>
/// <param name="fixture">The provider under test.</param>
public abstract class MigrationHistoryTests(ConformanceFixture fixture) : ConformanceSuite(fixture)
{
    private static readonly (string Name, string Sql) _a = ("0001_a.sql", "CREATE TABLE a (x INTEGER);\nINSERT INTO a VALUES (1);");
    private static readonly (string Name, string Sql) _b = ("0002_b.sql", "CREATE TABLE b (x INTEGER);");
    private static readonly (string Name, string Sql) _c = ("0003_c.sql", "CREATE TABLE c (x INTEGER);");

    [Fact]
    public async Task A_late_migration_is_applied()
    {
        var database = CreateDatabase();
        await Scripts.Runner(database, _a, _c).ApplyAsync();
        var runner = Scripts.Runner(database, _a, _b, _c);
        Assert.Equal(["0002"], Scripts.Identities((await runner.GetStatusAsync()).Late), StringComparer.Ordinal);
        var result = await runner.ApplyAsync();
        Assert.Equal(["0002"], Scripts.Identities(result.Applied), StringComparer.Ordinal);
        Assert.Equal(2, result.AlreadyApplied);
        Assert.Empty((await runner.GetStatusAsync()).Late);
    }

    [Fact]
    public async Task A_late_migration_is_named_and_left_if_the_policy_is_to_warn()
    {
        var database = CreateDatabase();
        await Scripts.Runner(database, _a, _c).ApplyAsync();
        var runner = Scripts.Runner(database, static options => options.LateMigrations = LateMigrationPolicy.Warn, _a, _b, _c, ("0004_d.sql", "CREATE TABLE d (x);"));
        var result = await runner.ApplyAsync();
        Assert.Equal(["0004"], Scripts.Identities(result.Applied), StringComparer.Ordinal);
        Assert.Equal(2, result.AlreadyApplied);
        var status = await runner.GetStatusAsync();
        Assert.Equal(["0002"], Scripts.Identities(status.Late), StringComparer.Ordinal);
        Assert.Empty(status.Pending);
        await ThrowsAsync(DatabaseErrorKind.SchemaMissing, () => database.QueryAsync<long>("SELECT x FROM b"));
    }

    [Fact]
    public async Task A_late_migration_fails_the_run_if_the_policy_is_to_fail()
    {
        var database = CreateDatabase();
        await Scripts.Runner(database, _a, _c).ApplyAsync();
        var runner = Scripts.Runner(database, static options => options.LateMigrations = LateMigrationPolicy.Fail, _a, _b, _c, ("0004_d.sql", "CREATE TABLE d (x);"));
        var error = Assert.IsType<MigrationException>(await ThrowsAsync(DatabaseErrorKind.MigrationFailed, () => runner.ApplyAsync()));
        Assert.Equal("0002", error.Identity);
        Assert.Contains("0002_b.sql", error.Message, StringComparison.Ordinal);
        await ThrowsAsync(DatabaseErrorKind.SchemaMissing, () => database.QueryAsync<long>("SELECT x FROM d"));
    }

    [Fact]
    public async Task A_database_that_a_newer_version_migrated_is_refused_and_can_be_read()
    {
        var database = CreateDatabase();
        await Scripts.Runner(database, _a, _b, _c).ApplyAsync();
        var old = Scripts.Runner(database, _a);
        var error = Assert.IsType<MigrationException>(await ThrowsAsync(DatabaseErrorKind.MigrationSuperseded, () => old.ApplyAsync()));
        Assert.Equal("0002", error.Identity);
        Assert.Contains("0002 b, 0003 c", error.Message, StringComparison.Ordinal);
        var status = await old.GetStatusAsync();
        Assert.Equal(["0002", "0003"], Scripts.Identities(status.Superseded), StringComparer.Ordinal);
        Assert.Empty(status.Missing);
        Assert.Equal(1, await database.ExecuteScalarAsync<long>("SELECT count(*) FROM a"));

        var accepting = Scripts.Runner(database, static options => options.SupersededMigrations = UnknownMigrationPolicy.Warn, _a);
        Assert.Equal(1, (await accepting.ApplyAsync()).AlreadyApplied);
    }

    [Fact]
    public async Task A_missing_migration_is_refused_until_it_is_accepted_or_removed_from_the_history()
    {
        var database = CreateDatabase();
        await Scripts.Runner(database, _a, _b).ApplyAsync();
        var runner = Scripts.Runner(database, _a, _c);
        Assert.Equal(["0002"], Scripts.Identities((await runner.GetStatusAsync()).Missing), StringComparer.Ordinal);
        var error = Assert.IsType<MigrationException>(await ThrowsAsync(DatabaseErrorKind.MigrationFailed, () => runner.ApplyAsync()));
        Assert.Contains("0002 b", error.Message, StringComparison.Ordinal);
        Assert.Contains(nameof(IMigrationRunner.RepairAsync), error.Message, StringComparison.Ordinal);
        await ThrowsAsync(DatabaseErrorKind.SchemaMissing, () => database.QueryAsync<long>("SELECT x FROM c"));

        await Scripts.Runner(database, static options => options.MissingMigrations = UnknownMigrationPolicy.Warn, _a, _c).ApplyAsync();
        Assert.Empty((await runner.RepairAsync()).Removed);
        Assert.Equal(["0002"], Scripts.Identities((await runner.RepairAsync(new() { RemoveMissing = true })).Removed), StringComparer.Ordinal);
        Assert.Empty((await runner.ApplyAsync()).Applied);
        Assert.Empty(await database.QueryAsync<long>("SELECT x FROM b")); // the history is changed, nothing else
    }

    [Fact]
    public async Task Comments_and_white_space_are_no_change()
    {
        var database = CreateDatabase();
        await Scripts.Runner(database, _a).ApplyAsync();
        var runner = Scripts.Runner(database, (_a.Name, "-- a note\n" + _a.Sql.Replace(" ", "  ", StringComparison.Ordinal)), _b);
        Assert.Equal(["0001"], Scripts.Identities((await runner.GetStatusAsync()).Reformatted), StringComparer.Ordinal);
        Assert.Equal(["0002"], Scripts.Identities((await runner.ApplyAsync()).Applied), StringComparer.Ordinal);
    }

    [Fact]
    public async Task A_script_that_was_changed_after_it_was_applied_stops_the_run_with_the_difference()
    {
        var database = CreateDatabase();
        await Scripts.Runner(database, _a).ApplyAsync();
        var runner = Scripts.Runner(database, (_a.Name, _a.Sql.Replace("(1)", "(2)", StringComparison.Ordinal)), _b);
        var error = Assert.IsType<MigrationException>(await ThrowsAsync(DatabaseErrorKind.MigrationFailed, () => runner.ApplyAsync()));
        Assert.Equal("0001", error.Identity);
        Assert.Contains("0001_a.sql", error.Message, StringComparison.Ordinal);
        Assert.Contains(" CREATE TABLE a (x INTEGER);\n-INSERT INTO a VALUES (1);\n+INSERT INTO a VALUES (2);", error.Message, StringComparison.Ordinal);
        Assert.Equal(["0001"], Scripts.Identities((await runner.GetStatusAsync()).Modified), StringComparer.Ordinal);
        await ThrowsAsync(DatabaseErrorKind.SchemaMissing, () => database.QueryAsync<long>("SELECT x FROM b"));
    }

    [Fact]
    public async Task A_repair_accepts_the_scripts_as_they_are_and_executes_nothing()
    {
        var database = CreateDatabase();
        await Scripts.Runner(database, _a, _b).ApplyAsync();
        var changed = _a.Sql.Replace("(1)", "(2)", StringComparison.Ordinal);
        var runner = Scripts.Runner(database, (_a.Name, changed), (_b.Name, _b.Sql + " -- b"), _c);
        Assert.Equal(["0001", "0002"], Scripts.Identities((await runner.RepairAsync()).Accepted), StringComparer.Ordinal);
        Assert.Empty((await runner.RepairAsync()).Accepted);
        Assert.Equal(changed, await database.ExecuteScalarAsync<string>("SELECT script FROM deploystack_migrations WHERE identity = '0001'"));
        Assert.Equal([1], await database.QueryAsync<long>("SELECT x FROM a"));
        Assert.Equal(["0003"], Scripts.Identities((await runner.ApplyAsync()).Applied), StringComparer.Ordinal);
    }

    [Fact]
    public async Task A_baseline_marks_without_executing_and_the_rest_is_applied()
    {
        var database = await CreateDatabaseAsync("CREATE TABLE a (x INTEGER)", "CREATE TABLE b (x INTEGER)");
        var runner = Scripts.Runner(database, _a, _b, _c, ("R__v.sql", "DROP VIEW IF EXISTS v; CREATE VIEW v AS SELECT x FROM a;"));
        var marked = await runner.BaselineAsync("0002");
        Assert.Equal(["0001", "0002"], Scripts.Identities(marked), StringComparer.Ordinal);
        Assert.Equal(marked, (await runner.GetStatusAsync()).Applied);
        Assert.Equal(MigrationHistoryKind.Baseline, marked[0].Kind);
        Assert.Equal(["0003", "R__v"], Scripts.Identities((await runner.ApplyAsync()).Applied), StringComparer.Ordinal);
        Assert.Empty(await database.QueryAsync<long>("SELECT x FROM v"));
        Assert.Equal(MigrationHistoryKind.Executed, (await runner.GetStatusAsync()).Applied[2].Kind);
    }

    [Fact]
    public async Task A_baseline_of_a_database_with_a_history_or_of_an_unknown_migration_is_refused()
    {
        var database = CreateDatabase();
        var runner = Scripts.Runner(database, _a, _b, ("R__v.sql", "SELECT 1"));
        foreach (var unknown in new[] { "0009", "R__v" })
        {
            Assert.Contains(unknown, (await ThrowsAsync(DatabaseErrorKind.MigrationFailed, () => runner.BaselineAsync(unknown))).Message, StringComparison.Ordinal);
        }

        await Scripts.Runner(database, _a).ApplyAsync();
        var error = await ThrowsAsync(DatabaseErrorKind.MigrationFailed, () => runner.BaselineAsync("0002"));
        Assert.Contains("not empty", error.Message, StringComparison.Ordinal);
        Assert.Equal(["0002", "R__v"], Scripts.Identities((await runner.GetStatusAsync()).Pending), StringComparer.Ordinal);
    }

    [Fact]
    public async Task Of_baselines_that_are_set_at_once_one_is_kept_whole()
    {
        var database = CreateDatabase();
        var results = await Task.WhenAll(Enumerable.Range(0, 4).Select(i => Task.Run(() => Record.ExceptionAsync(() => Scripts.Runner(database, _a, _b, _c).BaselineAsync(i % 2 == 0 ? "0002" : "0003")))));
        Assert.Single(results, static error => error is null);
        Assert.All(results, static error => Assert.True(error is null or MigrationException));
        Assert.InRange((await Scripts.Runner(database, _a, _b, _c).GetStatusAsync()).Applied.Count, 2, 3);
    }

    [Fact]
    public async Task A_table_of_the_first_version_is_read_as_it_is_and_extended_when_a_row_needs_it()
    {
        const string First = "CREATE TABLE deploystack_migrations (identity TEXT NOT NULL PRIMARY KEY, name TEXT NOT NULL, checksum TEXT NOT NULL, script TEXT NOT NULL, applied_at BIGINT NOT NULL)";
        var old = await CreateDatabaseAsync(First, "CREATE TABLE a (x INTEGER)", "INSERT INTO deploystack_migrations VALUES ('0001', 'a', '', 'CREATE TABLE a (x INTEGER)', 1000)");
        var runner = Scripts.Runner(old, _a, _b);
        var row = Assert.Single((await runner.GetStatusAsync()).Applied);
        Assert.Equal((DateTimeOffset.FromUnixTimeSeconds(1), MigrationHistoryKind.Executed), (row.AppliedAt, row.Kind));
        Assert.Equal(["0002"], Scripts.Identities((await runner.ApplyAsync()).Applied), StringComparer.Ordinal);
        await ThrowsAsync(DatabaseErrorKind.SchemaMissing, () => old.QueryAsync<string?>("SELECT kind FROM deploystack_migrations"));

        var empty = await CreateDatabaseAsync(First);
        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(() => Record.ExceptionAsync(() => Scripts.Runner(empty, _a, _b).BaselineAsync("0001")))));
        Assert.Equal(MigrationHistoryKind.Baseline, Assert.Single((await Scripts.Runner(empty, _a, _b).GetStatusAsync()).Applied).Kind);
    }
}
