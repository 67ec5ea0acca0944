using DeployStack.Data.Migrations;
using Xunit;

namespace DeployStack.Data.Testing.Conformance.Migrations;

/// <summary>The forms of a migration: classes, files for one engine, repeatable scripts.</summary>
/// <param name="fixture">The provider under test.</param>
public abstract class MigrationFormTests(ConformanceFixture fixture) : ConformanceSuite(fixture)
{
    private static readonly (string Name, string Sql) _teams = ("0001_teams.sql", "CREATE TABLE teams (id INTEGER PRIMARY KEY, name TEXT NOT NULL, slug TEXT);\nINSERT INTO teams (id, name) VALUES (1, 'First Team'), (2, 'Second');");
    private static readonly (string Name, string Sql) _view = ("R__names.sql", "DROP VIEW IF EXISTS names;\nCREATE VIEW names AS SELECT name FROM teams;");

    [Fact]
    public async Task A_class_reads_at_its_turn_and_its_statements_are_one_batch_with_the_history_row()
    {
        var database = CreateDatabase();
        var runner = Scripts.Runner(database, static options => options.Sources.Add(MigrationSource.FromMigrations(new M0002_Slugs())), _teams, ("0003_index.sql", "CREATE UNIQUE INDEX slugs ON teams(slug);"));
        Assert.Equal(["0001", "0002", "0003"], Scripts.Identities((await runner.ApplyAsync()).Applied), StringComparer.Ordinal);
        Assert.Equal(["first-team", "second"], await database.QueryAsync<string>("SELECT slug FROM teams ORDER BY id"), StringComparer.Ordinal);
        var stored = await database.ExecuteScalarAsync<string>("SELECT script FROM deploystack_migrations WHERE identity = '0002'");
        Assert.Equal("UPDATE teams SET slug = @slug WHERE id = @id;\nUPDATE teams SET slug = @slug WHERE id = @id", stored);
        Assert.Empty((await runner.ApplyAsync()).Applied);
        Assert.Equal(("0002", "Slugs"), ((await runner.GetStatusAsync()).Applied[1].Identity, (await runner.GetStatusAsync()).Applied[1].Name));
    }

    [Fact]
    public async Task A_class_that_fails_leaves_nothing_and_its_statement_is_named()
    {
        var database = CreateDatabase();
        var failing = new Written("0002_fails", static builder => builder
            .Add("UPDATE teams SET name = @name", new { name = "secret-value" })
            .AddScript("CREATE TABLE t (x);\nINSERT INTO teams VALUES (1, 'again', NULL);"));
        var error = Assert.IsType<MigrationException>(await ThrowsAsync(DatabaseErrorKind.MigrationFailed, () => Runner(database, failing).ApplyAsync()));
        Assert.Equal(("0002", 3), (error.Identity, error.Statement));
        Assert.Null(error.Line);
        Assert.DoesNotContain("secret-value", error.ToString(), StringComparison.Ordinal);
        Assert.Equal("First Team", await database.ExecuteScalarAsync<string>("SELECT name FROM teams WHERE id = 1"));

        var unmet = new Written("0002_unmet", static builder => builder.Add(new SqlStatement("DELETE FROM teams WHERE id = 9") { Expectation = StatementExpectation.Affects(1) }));
        error = Assert.IsType<MigrationException>(await ThrowsAsync(DatabaseErrorKind.MigrationFailed, () => Runner(database, unmet).ApplyAsync()));
        Assert.Equal(1, error.Statement);
        Assert.DoesNotContain("foreign key", error.Message, StringComparison.Ordinal);

        var throwing = new Written("0002_throws", static _ => throw new InvalidOperationException("no mood"));
        error = Assert.IsType<MigrationException>(await ThrowsAsync(DatabaseErrorKind.MigrationFailed, () => Runner(database, throwing).ApplyAsync()));
        Assert.Contains("no mood", error.Message, StringComparison.Ordinal);
        Assert.Single((await Runner(database, failing).GetStatusAsync()).Applied);
    }

    [Theory]
    [InlineData("COMMIT", "one transaction already")]
    [InlineData("DELETE FROM deploystack_migrations", "belongs to the runner")]
    [InlineData("PRAGMA journal_mode = DELETE", "inside a transaction")]
    public async Task A_class_is_refused_what_a_script_is_refused(string sql, string message)
    {
        var database = CreateDatabase();
        var error = await ThrowsAsync(DatabaseErrorKind.MigrationFailed, () => Runner(database, new Written("0002_bad", builder => builder.Add(sql))).ApplyAsync());
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_class_cannot_write_beside_its_batch()
    {
        var database = CreateDatabase();
        var error = await ThrowsAsync(DatabaseErrorKind.MigrationFailed, () => Runner(database, new Meddling()).ApplyAsync());
        Assert.Equal(DatabaseErrorKind.SessionMisuse, Assert.IsAssignableFrom<DatabaseException>(error.InnerException).Kind);
        Assert.Equal(2, await database.ExecuteScalarAsync<long>("SELECT count(*) FROM teams"));
    }

    [Fact]
    public async Task A_class_is_compared_by_its_version_alone()
    {
        var database = CreateDatabase();
        await Runner(database, new Written("0002_x", static builder => builder.Add("UPDATE teams SET slug = 'a'"))).ApplyAsync();
        Assert.Empty((await Runner(database, new Written("0002_x", static builder => builder.Add("UPDATE teams SET slug = 'b'"), "1")).GetStatusAsync()).Modified);

        var versioned = CreateDatabase();
        await Runner(versioned, new Written("0002_x", static _ => { }, "1")).ApplyAsync();
        var runner = Runner(versioned, new Written("0002_x", static _ => { }, "2"));
        Assert.Contains("Version", (await ThrowsAsync(DatabaseErrorKind.MigrationFailed, () => runner.ApplyAsync())).Message, StringComparison.Ordinal);
        await runner.RepairAsync();
        Assert.Empty((await runner.ApplyAsync()).Applied);
    }

    [Fact]
    public async Task Classes_of_runners_that_start_at_once_are_applied_once()
    {
        var database = CreateDatabase();
        var results = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => Runner(database, new M0002_Slugs(), new Written("0003_log", static builder => builder.Add("INSERT INTO teams (name) VALUES ('once')"))).ApplyAsync())));
        Assert.Equal(3, results.Sum(static result => result.Applied.Count));
        Assert.Equal(1, await database.ExecuteScalarAsync<long>("SELECT count(*) FROM teams WHERE name = 'once'"));
    }

    [Fact]
    public async Task Foreign_keys_are_off_for_a_class_that_asks_for_it_or_it_is_refused()
    {
        var database = CreateDatabase();
        var rebuild = new Written("0002_rebuild", static builder =>
        {
            builder.ForeignKeysOff = true;
            builder.AddScript("CREATE TABLE children (id INTEGER PRIMARY KEY, team INTEGER REFERENCES teams(id)); INSERT INTO children VALUES (1, 99); DELETE FROM children WHERE id = 1;");
        });
        if (database.Capabilities.ForeignKeysOff)
        {
            await Runner(database, rebuild).ApplyAsync();
            Assert.Empty(await database.QueryAsync<long>("SELECT id FROM children"));
        }
        else
        {
            Assert.Contains("cannot switch foreign keys off", (await ThrowsAsync(DatabaseErrorKind.MigrationFailed, () => Runner(database, rebuild).ApplyAsync())).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_file_for_this_engine_is_executed_and_the_others_are_not()
    {
        var database = CreateDatabase();
        var engine = database.Capabilities.SystemName;
        await Scripts.Runner(database, ("0001_a.sql", "CREATE TABLE plain (x);"), ($"0001_a.{engine}.sql", "CREATE TABLE ours (x);"), ("0001_a.other_engine.sql", "garbage")).ApplyAsync();
        Assert.Empty(await database.QueryAsync<long>("SELECT x FROM ours"));
        await ThrowsAsync(DatabaseErrorKind.SchemaMissing, () => database.QueryAsync<long>("SELECT x FROM plain"));
    }

    [Fact]
    public async Task A_repeatable_script_runs_behind_all_others_and_again_whenever_its_statements_changed()
    {
        var database = CreateDatabase();
        Assert.Equal(["0001", "R__names"], Scripts.Identities((await Scripts.Runner(database, _view, _teams).ApplyAsync()).Applied), StringComparer.Ordinal);
        Assert.Empty((await Scripts.Runner(database, (_view.Name, "-- a note\n" + _view.Sql), _teams).ApplyAsync()).Applied);

        var changed = (_view.Name, _view.Sql.Replace("SELECT name FROM teams", "SELECT lower(name) AS name FROM teams", StringComparison.Ordinal));
        var runner = Scripts.Runner(database, changed, _teams, ("0002_more.sql", "INSERT INTO teams (name) VALUES ('Third');"));
        Assert.Equal(["0002", "R__names"], Scripts.Identities((await runner.ApplyAsync()).Applied), StringComparer.Ordinal);
        Assert.Equal(["first team", "second", "third"], await database.QueryAsync<string>("SELECT name FROM names ORDER BY name"), StringComparer.Ordinal);
        Assert.Equal(3, (await runner.GetStatusAsync()).Applied.Count);
    }

    [Fact]
    public async Task A_repeatable_script_that_runners_start_at_once_runs_once_for_each_text()
    {
        var database = CreateDatabase();
        await Scripts.Runner(database, _teams, ("R__log.sql", "INSERT INTO teams (name) VALUES ('zero');")).ApplyAsync();
        var results = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => Scripts.Runner(database, _teams, ("R__log.sql", "INSERT INTO teams (name) VALUES ('one');")).ApplyAsync())));
        Assert.Equal(1, results.Sum(static result => result.Applied.Count));
        Assert.Equal(1, await database.ExecuteScalarAsync<long>("SELECT count(*) FROM teams WHERE name = 'one'"));
    }

    [Fact]
    public async Task A_repeatable_script_that_fails_keeps_what_it_had_done_before()
    {
        var database = CreateDatabase();
        await Scripts.Runner(database, _teams, _view).ApplyAsync();
        var error = Assert.IsType<MigrationException>(await ThrowsAsync(DatabaseErrorKind.MigrationFailed, () => Scripts.Runner(database, _teams, (_view.Name, "DROP VIEW names;\nSELECT nothing;")).ApplyAsync()));
        Assert.Equal(("R__names", 2), (error.Identity, error.Statement));
        Assert.Equal(2, await database.ExecuteScalarAsync<long>("SELECT count(*) FROM names"));
        Assert.Empty((await Scripts.Runner(database, _teams, _view).ApplyAsync()).Applied);
    }

    private static IMigrationRunner Runner(IDeployStackDatabase database, params IMigration[] classes)
        => Scripts.Runner(database, options => options.Sources.Add(MigrationSource.FromMigrations(classes)), _teams);

    private sealed class M0002_Slugs : IMigration
    {
        public async Task BuildAsync(MigrationBuilder builder, IDeployStackDatabase database, CancellationToken cancellationToken)
        {
            foreach (var (id, name) in await database.QueryAsync<(long, string)>("SELECT id, name FROM teams ORDER BY id", cancellationToken: cancellationToken))
            {
                builder.Add("UPDATE teams SET slug = @slug WHERE id = @id", new { id, slug = name.ToLowerInvariant().Replace(' ', '-') });
            }
        }
    }

    private sealed class Meddling : IMigration
    {
        public string Name => "0002_meddling";

        public Task BuildAsync(MigrationBuilder builder, IDeployStackDatabase database, CancellationToken cancellationToken)
            => database.ExecuteBatchAsync([new("DELETE FROM teams")], cancellationToken: cancellationToken);
    }
}
