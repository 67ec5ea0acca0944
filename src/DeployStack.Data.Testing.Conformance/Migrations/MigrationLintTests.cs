using DeployStack.Data.Migrations;
using DeployStack.Data.Migrations.Adoption;
using DeployStack.Data.Migrations.Lint;
using DeployStack.Data.Migrations.Rebuild;
using Xunit;

namespace DeployStack.Data.Testing.Conformance.Migrations;

/// <summary>The lint before a run: certain loss stops it, everything else is told.</summary>
/// <param name="fixture">The provider under test.</param>
public abstract class MigrationLintTests(ConformanceFixture fixture) : ConformanceSuite(fixture)
{
    private const string Rebuild = """
        CREATE TABLE teams_new (id INTEGER PRIMARY KEY, name TEXT);
        INSERT INTO teams_new SELECT id, name FROM teams;
        DROP TABLE teams;
        ALTER TABLE teams_new RENAME TO teams;
        """;

    private static readonly (string Name, string Sql) _schema = ("0001_schema.sql", """
        CREATE TABLE teams (id INTEGER PRIMARY KEY, name TEXT);
        CREATE TABLE members (id INTEGER PRIMARY KEY, team_id INTEGER NOT NULL REFERENCES teams(id) ON DELETE CASCADE);
        CREATE TABLE notes (text TEXT);
        """);

    private static readonly (string Name, string Sql) _rebuild = ("0003_rebuild.sql", Rebuild);

    [Fact]
    public async Task A_rebuild_that_would_take_children_along_stops_the_run_before_anything_runs()
    {
        var database = await FilledAsync();
        var runner = Scripts.Runner(database, _schema, ("0002_first.sql", "CREATE TABLE first (x INTEGER);"), _rebuild);
        var error = Assert.IsType<MigrationException>(await ThrowsAsync(DatabaseErrorKind.MigrationFailed, () => runner.ApplyAsync()));
        Assert.Equal(("0003", 3, 3), (error.Identity, error.Line, error.Statement));
        Assert.Contains("DL101", error.Message, StringComparison.Ordinal);
        Assert.Contains("members", error.Message, StringComparison.Ordinal);
        Assert.Contains("0003_rebuild.sql", error.Message, StringComparison.Ordinal);
        Assert.Equal(2, await database.ExecuteScalarAsync<long>("SELECT count(*) FROM members"));
        await ThrowsAsync(DatabaseErrorKind.SchemaMissing, () => database.QueryAsync<long>("SELECT x FROM first"));
    }

    [Fact]
    public async Task An_error_that_its_file_acknowledges_runs()
    {
        var database = await FilledAsync();
        var meant = Rebuild.Replace("DROP TABLE", "-- deploystack: allow DL101 because all members are invited again\nDROP TABLE", StringComparison.Ordinal);
        await Scripts.Runner(database, _schema, ("0003_rebuild.sql", meant)).ApplyAsync();
        Assert.Equal(0, await database.ExecuteScalarAsync<long>("SELECT count(*) FROM members"));
    }

    [Theory]
    [InlineData(LintPolicy.Off)]
    [InlineData(LintPolicy.Warn)]
    public async Task A_policy_lets_errors_run(LintPolicy policy)
    {
        var database = await FilledAsync();
        var result = await Scripts.Runner(database, options => options.Lint = policy, _schema, _rebuild).ApplyAsync();
        Assert.Equal(["0003"], Scripts.Identities(result.Applied), StringComparer.Ordinal);
    }

    [Fact]
    public async Task The_whole_history_runs_on_a_new_database()
    {
        var database = CreateDatabase();
        var runner = Scripts.Runner(database, _schema, _rebuild, ("0004_more.sql", "ALTER TABLE notes ADD COLUMN at INTEGER NOT NULL;\nDROP TABLE notes;"));
        if (database.Capabilities.SqliteSchema)
        {
            Assert.All((await runner.LintAsync()).Findings, static finding => Assert.Equal(LintSeverity.Information, finding.Severity));
            Assert.Equal(3, (await runner.ApplyAsync()).Applied.Count);
        }
    }

    [Fact]
    public async Task Rows_that_earlier_pending_scripts_insert_count()
    {
        var database = CreateDatabase();
        var runner = Scripts.Runner(database, _schema, ("0002_rows.sql", "INSERT INTO teams VALUES (1, 'a');\nINSERT INTO members VALUES (1, 1);"), _rebuild);
        await ThrowsAsync(DatabaseErrorKind.MigrationFailed, () => runner.ApplyAsync());
    }

    [Fact]
    public async Task What_a_finding_is_about_is_told_with_its_rows()
    {
        var database = await FilledAsync();
        var runner = Scripts.Runner(database, _schema, ("0002_changes.sql", """
            ALTER TABLE teams DROP COLUMN name;
            ALTER TABLE teams ADD COLUMN slug TEXT NOT NULL;
            DELETE FROM notes;
            """));
        var found = (await runner.LintAsync()).Findings;
        Assert.Equal(["DL103", "DD201", "DL104"], found.Select(static finding => finding.Code), StringComparer.Ordinal);
        if (database.Capabilities.SqliteSchema)
        {
            Assert.Equal([LintSeverity.Warning, LintSeverity.Warning, LintSeverity.Information], found.Select(static finding => finding.Severity));
            Assert.Contains("(teams: 1 row)", found[0].Message, StringComparison.Ordinal);
            Assert.Contains("no such rows now", found[2].Message, StringComparison.Ordinal);
        }

        Assert.Equal(("0002", "0002_changes.sql", 2, 1, 2), (found[1].Identity, found[1].Origin, found[1].Line, found[1].Column, found[1].Statement));
    }

    [Fact]
    public async Task What_a_finding_warns_of_is_true()
    {
        var database = await FilledAsync();
        var runner = Scripts.Runner(database, _schema, ("0002_slug.sql", "ALTER TABLE teams ADD COLUMN slug TEXT NOT NULL;"));
        Assert.Single((await runner.LintAsync()).Warnings);
        await ThrowsAsync(DatabaseErrorKind.MigrationFailed, () => runner.ApplyAsync()); // a warning stops nothing, the engine does
    }

    [Fact]
    public async Task A_rebuild_that_the_runner_does_needs_no_acknowledgement()
    {
        var database = await FilledAsync();
        if (database.Capabilities is not { SqliteSchema: true, ForeignKeysOff: true })
        {
            return; // it is refused before the lint
        }

        var script = ("0002_rebuild.sql", "-- deploystack: rebuild\nCREATE TABLE teams (id INTEGER PRIMARY KEY, name TEXT, slug TEXT);");
        Assert.Empty((await Scripts.Runner(database, _schema, script).LintAsync()).Findings);
        var options = new MigrationOptions { Sources = { Scripts.Source(_schema, script), MigrationSource.FromMigrations(new ByRunner()) }, Lint = LintPolicy.Fail };
        Assert.Equal(["0002", "9001"], Scripts.Identities((await MigrationRunnerFactory.Create(database, options).ApplyAsync()).Applied), StringComparer.Ordinal);
        Assert.Equal(2, await database.ExecuteScalarAsync<long>("SELECT count(*) FROM members"));
    }

    [Fact]
    public async Task A_class_is_looked_at_at_its_turn()
    {
        var database = await FilledAsync();
        var options = new MigrationOptions { Sources = { Scripts.Source(_schema), MigrationSource.FromMigrations(new Written("9000_rebuilding", static builder => builder.AddScript(Rebuild))) } };
        var error = Assert.IsType<MigrationException>(await ThrowsAsync(DatabaseErrorKind.MigrationFailed, () => MigrationRunnerFactory.Create(database, options).ApplyAsync()));
        Assert.Contains("DL101", error.Message, StringComparison.Ordinal);
        Assert.Equal(3, error.Statement);
        Assert.Equal(2, await database.ExecuteScalarAsync<long>("SELECT count(*) FROM members"));
    }

    [Fact]
    public async Task A_class_acknowledges_in_a_comment_of_the_statement()
    {
        var database = await FilledAsync();
        var meant = new Written("9000_rebuilding", static builder => builder.Add("CREATE TABLE other (x)").Add("-- deploystack: allow DL101, DL102 because teams are over\nDROP TABLE teams"));
        var options = new MigrationOptions { Sources = { Scripts.Source(_schema), MigrationSource.FromMigrations(meant) } };
        await MigrationRunnerFactory.Create(database, options).ApplyAsync();
        Assert.Equal(0, await database.ExecuteScalarAsync<long>("SELECT count(*) FROM members"));
    }

    [Fact]
    public async Task What_another_process_applied_meanwhile_is_not_held_against_this_one()
    {
        var database = CreateDatabase();
        var other = Scripts.Runner(database, _schema, _rebuild);
        var meanwhile = new Meanwhile(async () =>
        {
            await other.ApplyAsync();
            await ApplyAsync(database, "INSERT INTO teams VALUES (1, 'a')", "INSERT INTO members VALUES (1, 1)");
        });
        var result = await Scripts.Runner(database, options => options.Adoptions.Add(meanwhile), _schema, _rebuild).ApplyAsync();
        Assert.True(meanwhile.IsDone);
        Assert.Empty(result.Applied);
        Assert.Equal(1, await database.ExecuteScalarAsync<long>("SELECT count(*) FROM members"));
    }

    [Fact]
    public async Task Nothing_pending_is_nothing_found()
        => Assert.Empty((await Scripts.Runner(await FilledAsync(), _schema).LintAsync()).Findings);

    private async Task<IDeployStackDatabase> FilledAsync()
    {
        var database = CreateDatabase();
        await Scripts.Runner(database, _schema).ApplyAsync();
        await ApplyAsync(database, "INSERT INTO teams VALUES (1, 'a')", "INSERT INTO members VALUES (1, 1), (2, 1)");
        return database;
    }

    // comes between the look at the history and the lint
    private sealed class Meanwhile(Func<Task> work) : IMigrationAdoption
    {
        public bool IsDone { get; private set; }

        public async Task<IReadOnlyList<AdoptedMigration>> FindAsync(
            IDeployStackDatabase database, IReadOnlyList<Migration> migrations, IReadOnlyList<AppliedMigration> applied, CancellationToken cancellationToken)
        {
            if (!IsDone)
            {
                IsDone = true;
                await work();
            }

            return [];
        }
    }

    private sealed class ByRunner : IMigration
    {
        public string Name => "9001_by_runner";

        public Task BuildAsync(MigrationBuilder builder, IDeployStackDatabase database, CancellationToken cancellationToken)
            => builder.RebuildTableAsync(database, "teams", static change => change.AddColumn("color TEXT"), cancellationToken: cancellationToken);
    }
}
