using DeployStack.Data.Migrations;
using DeployStack.Data.Migrations.Rehearsal;
using DeployStack.Data.Schema;
using Xunit;

namespace DeployStack.Data.Testing.Conformance.Migrations;

/// <summary>Rehearsal: pending migrations run on a copy, and the live database does not notice.</summary>
/// <param name="fixture">The provider under test.</param>
public abstract class RehearsalTests(ConformanceFixture fixture) : ConformanceSuite(fixture)
{
    private static readonly (string Name, string Sql) _teams = ("0001_teams.sql", """
        CREATE TABLE teams (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
        CREATE TABLE members (id INTEGER PRIMARY KEY, team_id INTEGER NOT NULL REFERENCES teams(id));
        CREATE INDEX members_team ON members (team_id);
        INSERT INTO teams VALUES (1, 'first'), (2, 'second');
        INSERT INTO members VALUES (1, 1), (2, 1), (3, 2);
        """);

    [Fact]
    public async Task Each_pending_migration_is_reported_and_the_live_database_stays_as_it_is()
    {
        var database = await MigratedAsync();
        var runner = Scripts.Runner(
            database,
            _teams,
            ("0002_more.sql", "INSERT INTO teams VALUES (3, 'third'); UPDATE members SET team_id = 3 WHERE id < 3;"),
            ("0003_notes.sql", "ALTER TABLE teams ADD COLUMN note TEXT; CREATE TABLE notes (id INTEGER PRIMARY KEY); DROP INDEX members_team;"));
        if (!await CanRehearseAsync(database, runner))
        {
            return;
        }

        var report = await runner.RehearseAsync();
        Assert.True(report.Passed, report.Failure?.Message);
        Assert.Equal(["0002 more", "0003 notes"], report.Migrations.Select(static each => $"{each.Identity} {each.Name}"), StringComparer.Ordinal);
        Assert.Equal([new TableRows("members", 3, 3, 2), new TableRows("teams", 2, 3, 1)], report.Migrations[0].Rows);
        Assert.Equal(3, report.Migrations[0].RowsAffected);
        Assert.Empty(report.Migrations[0].Schema);
        Assert.Equal([new TableRows("notes", null, 0, 0)], report.Migrations[1].Rows);
        Assert.Equal(
            ["added: table notes", "changed: table teams", "removed: index members_team"],
            report.Migrations[1].Schema.Select(static each => each.ToString()),
            StringComparer.Ordinal);
        Assert.Contains("+     note TEXT", report.Migrations[1].Schema[1].Lines);
        Assert.All(report.Migrations, static each => Assert.True(each.Duration > TimeSpan.Zero));

        Assert.Equal(2, await database.ExecuteScalarAsync<long>("SELECT count(*) FROM teams"));
        Assert.Equal(["0002", "0003"], (await runner.GetStatusAsync()).Pending.Select(static each => each.Identity), StringComparer.Ordinal);
        Assert.Equal(2, (await runner.ApplyAsync()).Applied.Count);
    }

    [Fact]
    public async Task A_failing_migration_is_a_result_with_its_error()
    {
        var database = await MigratedAsync();
        var runner = Scripts.Runner(
            database, _teams, ("0002_fine.sql", "CREATE TABLE fine (x);"), ("0003_unique.sql", "-- two members share a team\nCREATE UNIQUE INDEX one_each ON members (team_id);"), ("0004_never.sql", "CREATE TABLE never (x);"));
        if (!await CanRehearseAsync(database, runner))
        {
            return;
        }

        var report = await runner.RehearseAsync();
        Assert.False(report.Passed);
        Assert.Equal(["0002"], report.Migrations.Select(static each => each.Identity), StringComparer.Ordinal);
        Assert.Equal(("0003", 2, 1), (report.Failure!.Identity, report.Failure.Line, report.Failure.Statement));
        Assert.Equal(DatabaseErrorKind.UniqueViolation, Assert.IsAssignableFrom<DatabaseException>(report.Failure.InnerException).Kind);
        Assert.Equal(["0002", "0003", "0004"], (await runner.GetStatusAsync()).Pending.Select(static each => each.Identity), StringComparer.Ordinal);
    }

    [Fact]
    public async Task A_changed_script_fails_the_rehearsal_as_it_would_fail_the_run()
    {
        var database = await MigratedAsync();
        var runner = Scripts.Runner(database, (_teams.Name, _teams.Sql + "CREATE TABLE more (x);"));
        if (!await CanRehearseAsync(database, runner))
        {
            return;
        }

        var report = await runner.RehearseAsync();
        Assert.Equal("0001", report.Failure?.Identity);
        Assert.Empty(report.Migrations);
    }

    [Fact]
    public async Task Plans_that_got_worse_are_told()
    {
        var database = await MigratedAsync();
        var runner = Scripts.Runner(database, _teams, ("0002_drop.sql", "DROP INDEX members_team; ALTER TABLE teams RENAME TO squads;"));
        if (!await CanRehearseAsync(database, runner))
        {
            return;
        }

        var report = await runner.RehearseAsync(new()
        {
            Queries =
            [
                "SELECT id FROM members WHERE team_id = @team",
                "SELECT id FROM members WHERE id = @id",
                "SELECT id FROM members WHERE team_id IN @ids",
                "SELECT name FROM teams WHERE id = @id",
                "SELECT x FROM not_there_yet",
                "DELETE FROM members",
                "SELECT 1; SELECT 2",
            ],
        });
        Assert.True(report.Passed, report.Failure?.Message);
        Assert.Equal([true, false, true, true, false, false, false], report.Queries.Select(static each => each.IsWorse));
        Assert.Contains(report.Queries[0].After!.AllSteps, static step => step.Verdict == PlanVerdict.FullScan);
        Assert.Equal(DatabaseErrorKind.SchemaMissing, report.Queries[3].Error?.Kind);
        Assert.All(report.Queries.Skip(4), static query => Assert.Null(query.Before));
        Assert.All(report.Queries.Skip(4), static query => Assert.NotNull(query.Error));
    }

    [Fact]
    public async Task Rows_without_their_parent_are_told()
    {
        var database = await MigratedAsync();
        var runner = Scripts.Runner(database, _teams, ("0002_orphans.sql", "CREATE TABLE children (team_id INTEGER REFERENCES teams(id) DEFERRABLE INITIALLY DEFERRED);"));
        if (!await CanRehearseAsync(database, runner) || !database.Capabilities.ForeignKeysOff)
        {
            return;
        }

        await database.ExecuteBatchAsync([new("INSERT INTO members VALUES (4, 9), (5, 9)")], new() { ForeignKeysOff = true });
        var report = await runner.RehearseAsync();
        Assert.Equal([new ForeignKeyFault("members", "teams", 2)], report.ForeignKeyFaults);
        Assert.False(report.Passed);
        Assert.True((await runner.RehearseAsync(new() { CheckIntegrity = false })).Passed);
    }

    [Fact]
    public async Task The_hooks_of_the_application_are_not_called()
    {
        var database = await MigratedAsync();
        var called = 0;
        var runner = Scripts.Runner(
            database,
            options => options.BeforeMigrate = (_, _) =>
            {
                called++;
                return Task.CompletedTask;
            },
            _teams,
            ("0002_more.sql", "CREATE TABLE more (x);"));
        if (!await CanRehearseAsync(database, runner))
        {
            return;
        }

        Assert.True((await runner.RehearseAsync()).Passed);
        Assert.Equal(0, called);
        await runner.ApplyAsync();
        Assert.Equal(1, called);
    }

    [Fact]
    public async Task Nothing_pending_is_an_empty_report()
    {
        var database = await MigratedAsync();
        var runner = Scripts.Runner(database, _teams);
        if (!await CanRehearseAsync(database, runner))
        {
            return;
        }

        var report = await runner.RehearseAsync();
        Assert.True(report.Passed);
        Assert.Empty(report.Migrations);
        Assert.Null(report.BytesBefore);
    }

    [Fact]
    public async Task The_first_migrations_of_an_empty_database_can_be_rehearsed()
    {
        var database = CreateDatabase();
        var runner = Scripts.Runner(database, _teams);
        if (!await CanRehearseAsync(database, runner))
        {
            return;
        }

        var report = await runner.RehearseAsync();
        Assert.True(report.Passed, report.Failure?.Message);
        Assert.Equal(5, Assert.Single(report.Migrations).RowsAffected);
        Assert.Equal(["0001"], (await runner.GetStatusAsync()).Pending.Select(static each => each.Identity), StringComparer.Ordinal);
    }

    [Fact]
    public async Task Room_on_the_disk_is_told_where_the_engine_knows_it()
    {
        var database = await MigratedAsync();
        var runner = Scripts.Runner(database, _teams, ("0002_large.sql", "CREATE TABLE large (x BLOB); INSERT INTO large SELECT zeroblob(100000) FROM members;"));
        if (!await CanRehearseAsync(database, runner))
        {
            return;
        }

        var report = await runner.RehearseAsync();
        Assert.Equal(report.BytesBefore is null, report.BytesNeeded is null);
        Assert.True(report.BytesNeeded is null or >= 300_000, $"{report.BytesNeeded}");
    }

    [Fact]
    public async Task A_cancelled_rehearsal_ends_as_cancelled()
    {
        var database = await MigratedAsync();
        var runner = Scripts.Runner(database, _teams, ("0002_slow.sql", $"CREATE TABLE slow AS {Slow.Query};"));
        if (!await CanRehearseAsync(database, runner))
        {
            return;
        }

        using var cancel = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => runner.RehearseAsync(null, cancel.Token));
        Assert.Equal(["0002"], (await runner.GetStatusAsync()).Pending.Select(static each => each.Identity), StringComparer.Ordinal);
    }

    private async Task<IDeployStackDatabase> MigratedAsync()
    {
        var database = CreateDatabase();
        await Scripts.Runner(database, _teams).ApplyAsync();
        return database;
    }

    private static async Task<bool> CanRehearseAsync(IDeployStackDatabase database, IMigrationRunner runner)
    {
        if (database.Capabilities.ConsistentCopy)
        {
            return true;
        }

        var refusal = await ThrowsAsync(DatabaseErrorKind.NotSupported, () => runner.RehearseAsync());
        Assert.Contains(nameof(DatabaseCapabilities.ConsistentCopy), refusal.Message, StringComparison.Ordinal);
        return false;
    }
}
