using DeployStack.Data.Migrations;
using DeployStack.Data.Migrations.Rebuild;
using Xunit;

namespace DeployStack.Data.Testing.Conformance.Migrations.Rebuild;

/// <summary>Rebuilds in migrations: by a directive of a script, and in C#.</summary>
/// <param name="fixture">The provider under test.</param>
public abstract class RebuildMigrationTests(ConformanceFixture fixture) : ConformanceSuite(fixture)
{
    private static readonly (string Name, string Sql) _teams = ("0001_teams.sql", """
        CREATE TABLE teams (id INTEGER PRIMARY KEY, name TEXT, legacy TEXT);
        INSERT INTO teams VALUES (1, 'one', 'x'), (2, 'two', 'y');
        CREATE VIEW names AS SELECT name FROM teams;
        """);

    private static readonly (string Name, string Sql) _rebuild = ("0002_rebuild.sql", """
        CREATE TABLE other (a INTEGER);

        -- deploystack: rebuild rename name to title, drop "legacy"
        CREATE TABLE teams (
            id INTEGER PRIMARY KEY,
            title TEXT NOT NULL, -- shown
            email TEXT NOT NULL DEFAULT ''
        );
        INSERT INTO other SELECT count(*) FROM teams WHERE email = '' AND title <> '';
        """);

    [Fact]
    public async Task A_directive_rebuilds_a_table_into_its_new_definition()
    {
        var database = CreateDatabase();
        var runner = Scripts.Runner(database, _teams, _rebuild);
        await runner.ApplyAsync();
        Assert.Equal(["one", "two"], await database.QueryAsync<string>("SELECT title FROM teams ORDER BY id"), StringComparer.Ordinal);
        Assert.Equal(["one", "two"], await database.QueryAsync<string>("SELECT title FROM names"), StringComparer.Ordinal);
        Assert.Equal(2, await database.ExecuteScalarAsync<long>("SELECT a FROM other"));
        Assert.Equal(_rebuild.Sql, await database.ExecuteScalarAsync<string>("SELECT script FROM deploystack_migrations WHERE identity = '0002'"));
        Assert.Empty((await runner.ApplyAsync()).Applied);
    }

    [Theory]
    [InlineData("rename name to title", "no column legacy", "drop legacy")]
    [InlineData("drop legacy", "no column name", "drop name")]
    [InlineData("rename name to title, drop legacy, drop nothing", "no column nothing", "id, name, legacy")]
    public async Task A_table_that_cannot_be_rebuilt_so_is_told_with_its_line(string arguments, string what, string wayOut)
    {
        var database = CreateDatabase();
        var script = _rebuild.Sql.Replace("rename name to title, drop \"legacy\"", arguments, StringComparison.Ordinal);
        var error = await FailAsync(database, _teams, (_rebuild.Name, script));
        Assert.Equal(("0002", 4, 2), (error.Identity, error.Line, error.Statement));
        Assert.Contains(what, error.Message, StringComparison.Ordinal);
        Assert.Contains(wayOut, error.Message, StringComparison.Ordinal);
        await ThrowsAsync(DatabaseErrorKind.SchemaMissing, () => database.QueryAsync<long>("SELECT a FROM other"));
        Assert.Equal(2, await database.ExecuteScalarAsync<long>("SELECT count(legacy) FROM teams"));
    }

    [Fact]
    public async Task A_rebuild_that_fails_in_the_batch_is_told_with_its_line()
    {
        var database = CreateDatabase();
        var error = await FailAsync(database, _teams, (_rebuild.Name, _rebuild.Sql.Replace("title TEXT NOT NULL", "title INTEGER NOT NULL", StringComparison.Ordinal)));
        Assert.Equal(("0002", 4, 2), (error.Identity, error.Line, error.Statement));
        Assert.Contains("name has values that INTEGER would not keep", error.Message, StringComparison.Ordinal);
        Assert.Equal(2, await database.ExecuteScalarAsync<long>("SELECT count(legacy) FROM teams"));
    }

    [Fact]
    public async Task A_loss_that_the_script_allows_is_done()
    {
        var database = CreateDatabase();
        await Scripts.Runner(database, _teams, (_rebuild.Name, _rebuild.Sql.Replace("title TEXT NOT NULL", "title INTEGER NOT NULL", StringComparison.Ordinal).Replace("\"legacy\"", "\"legacy\", allow lossy cast", StringComparison.Ordinal))).ApplyAsync();
        Assert.Equal([0L, 0L], await database.QueryAsync<long>("SELECT title FROM teams"));
    }

    [Theory]
    [InlineData("ALTER TABLE teams ADD COLUMN more TEXT;")]
    [InlineData("CREATE INDEX teams_name ON teams(name);")]
    public async Task A_script_that_changes_the_table_before_its_rebuild_is_asked_to_be_two(string earlier)
    {
        var database = CreateDatabase();
        var error = await FailAsync(database, _teams, (_rebuild.Name, earlier + "\n" + _rebuild.Sql));
        Assert.Contains("Put the rebuild in its own migration", error.Message, StringComparison.Ordinal);
        Assert.Equal((5, 3), (error.Line, error.Statement));
        Assert.Equal(2, await database.ExecuteScalarAsync<long>("SELECT count(legacy) FROM teams"));
    }

    [Theory]
    [InlineData("-- deploystack: rebuild rename a\nCREATE TABLE teams (id);", "rename <column> to <column>")]
    [InlineData("-- deploystack: rebuild everything\nCREATE TABLE teams (id);", "drop <column>")]
    [InlineData("-- deploystack: rebuild drop a\nDROP TABLE teams;", "before a CREATE TABLE")]
    [InlineData("-- deploystack: rebuild\nCREATE TABLE teams AS SELECT 1 AS a;", "before a CREATE TABLE")]
    public async Task A_wrong_directive_is_found_before_anything_runs(string script, string message)
    {
        var database = CreateDatabase();
        var error = await FailAsync(database, _teams, ("0002_wrong.sql", script));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        await ThrowsAsync(DatabaseErrorKind.SchemaMissing, () => database.QueryAsync<long>("SELECT id FROM teams"));
    }

    [Fact]
    public async Task Children_of_a_table_that_a_script_rebuilds_stay()
    {
        var database = CreateDatabase();
        var children = ("0002_children.sql", "CREATE TABLE members (team_id INTEGER REFERENCES teams ON DELETE CASCADE); INSERT INTO members VALUES (1), (1), (2);");
        await Scripts.Runner(database, _teams, children).ApplyAsync();
        var runner = Scripts.Runner(database, _teams, children, ("0003_rebuild.sql", _rebuild.Sql));
        if (database.Capabilities.ForeignKeysOff)
        {
            await runner.ApplyAsync();
        }
        else
        {
            var error = await ThrowsAsync(DatabaseErrorKind.MigrationFailed, () => runner.ApplyAsync());
            Assert.Contains("members", error.Message, StringComparison.Ordinal);
        }

        Assert.Equal(3, await database.ExecuteScalarAsync<long>("SELECT count(*) FROM members"));
        await ApplyAsync(database, "DELETE FROM teams WHERE id = 1");
        Assert.Equal(1, await database.ExecuteScalarAsync<long>("SELECT count(*) FROM members"));
    }

    [Fact]
    public async Task Runners_that_start_at_once_rebuild_once()
    {
        var database = CreateDatabase();
        var results = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => Scripts.Runner(database, _teams, _rebuild).ApplyAsync())));
        Assert.Equal(["0001", "0002"], results.SelectMany(static result => Scripts.Identities(result.Applied)).Order(StringComparer.Ordinal), StringComparer.Ordinal);
        Assert.Equal(2, await database.ExecuteScalarAsync<long>("SELECT count(title) FROM teams"));
    }

    [Fact]
    public async Task A_migration_in_CSharp_rebuilds_a_table()
    {
        var database = CreateDatabase();
        var options = new MigrationOptions { Sources = { Scripts.Source(_teams), MigrationSource.FromMigrations(new M0002_Titles()) } };
        await MigrationRunnerFactory.Create(database, options).ApplyAsync();
        Assert.Equal(["one", "two"], await database.QueryAsync<string>("SELECT title FROM names"), StringComparer.Ordinal);

        options.Sources.Add(MigrationSource.FromMigrations(new M0003_Numbers()));
        var error = await ThrowsAsync(DatabaseErrorKind.MigrationFailed, () => MigrationRunnerFactory.Create(database, options).ApplyAsync());
        Assert.Contains("title has values that INTEGER would not keep", error.Message, StringComparison.Ordinal);
    }

    private static async Task<MigrationException> FailAsync(IDeployStackDatabase database, params (string Name, string Sql)[] scripts)
        => Assert.IsType<MigrationException>(await ThrowsAsync(DatabaseErrorKind.MigrationFailed, () => Scripts.Runner(database, scripts).ApplyAsync()));

    private sealed class M0002_Titles : IMigration
    {
        public async Task BuildAsync(MigrationBuilder builder, IDeployStackDatabase database, CancellationToken cancellationToken)
            => await builder.RebuildTableAsync(database, "teams", static t => t.RenameColumn("name", "title").DropColumn("legacy"), cancellationToken: cancellationToken);
    }

    private sealed class M0003_Numbers : IMigration
    {
        public async Task BuildAsync(MigrationBuilder builder, IDeployStackDatabase database, CancellationToken cancellationToken)
            => builder.Add(await TableRebuild.PlanAsync(database, "teams", static t => t.ChangeType("title", "INTEGER"), cancellationToken: cancellationToken));
    }
}
