using DeployStack.Data.Migrations;
using DeployStack.Data.Migrations.Validation;
using DeployStack.Data.Schema;
using DeployStack.Data.Settings;
using DeployStack.Data.Testing.Conformance.Settings;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace DeployStack.Data.Testing.Conformance.Migrations;

/// <summary>Validation: everything that is wrong is found at once, and the differing object is named.</summary>
/// <param name="fixture">The provider under test.</param>
public abstract class ValidationTests(ConformanceFixture fixture) : ConformanceSuite(fixture)
{
    private static readonly (string Name, string Sql) _teams = ("0001_teams.sql", "CREATE TABLE teams (id INTEGER PRIMARY KEY, name TEXT NOT NULL);\nCREATE INDEX teams_name ON teams (name);");
    private static readonly (string Name, string Sql) _note = ("0002_note.sql", "ALTER TABLE teams ADD COLUMN note TEXT DEFAULT 'a;b';\nCREATE VIEW named AS SELECT name FROM teams;");

    [Fact]
    public async Task A_database_as_its_migrations_made_it_is_valid()
    {
        var (database, runner) = await MigratedAsync(_teams, _note);
        var validation = await runner.ValidateAsync();
        if (IsChecked(database, validation))
        {
            Assert.Empty(validation.Findings);
            Assert.True(validation.IsValid);
        }
    }

    [Fact]
    public async Task Every_drifted_object_is_named()
    {
        var (database, runner) = await MigratedAsync(_teams, _note);
        await ApplyAsync(
            database,
            "DROP INDEX teams_name",
            "ALTER TABLE teams ADD COLUMN by_hand INTEGER",
            "CREATE TABLE left_over (x)",
            "DROP VIEW named",
            "CREATE VIEW named /* the same */ AS\n  select \"name\" FROM teams");
        var validation = await runner.ValidateAsync();
        if (IsChecked(database, validation))
        {
            Assert.Equal(
                ["added: table left_over", "changed: table teams", "removed: index teams_name"],
                validation.Drift.Differences.Select(static each => each.ToString()),
                StringComparer.Ordinal);
            Assert.Contains("+     by_hand INTEGER", validation.Drift.Differences[1].Lines);
            Assert.Equal(3, validation.Findings.Count);
            Assert.Contains("left_over", validation.Findings[0], StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task All_findings_come_at_once()
    {
        var (database, _) = await MigratedAsync(_teams, _note);
        await ApplyAsync(database, "CREATE TABLE left_over (x)");
        var runner = Scripts.Runner(database, (_teams.Name, _teams.Sql + "\nCREATE TABLE other (x);"), ("0003_late.sql", "CREATE TABLE late (x);"));
        var validation = await runner.ValidateAsync();
        Assert.False(validation.IsValid);
        Assert.Equal(["0001"], validation.Status.Modified.Select(static each => each.Identity), StringComparer.Ordinal);
        Assert.Equal(["0002"], validation.Status.Missing.Select(static each => each.Identity), StringComparer.Ordinal);
        Assert.Equal(["0003"], validation.Status.Pending.Select(static each => each.Identity), StringComparer.Ordinal);
        if (IsChecked(database, validation))
        {
            // replayed is what ran, not what the script has become
            Assert.Equal(["added: table left_over"], validation.Drift.Differences.Select(static each => each.ToString()), StringComparer.Ordinal);
        }

        Assert.Equal(4, validation.Findings.Count);
    }

    [Fact]
    public async Task Tables_of_other_features_are_no_drift()
    {
        var services = CreateServices(static builder => builder.AddMigrations(static options => options.Sources.Add(Scripts.Source(_teams))).AddSettings(static settings => settings.Add(Mail.Group)));
        var runner = services.GetRequiredService<IMigrationRunner>();
        await runner.ApplyAsync();
        await services.GetRequiredService<ISettingsStore>().InitializeAsync();
        var validation = await runner.ValidateAsync();
        if (IsChecked(DatabaseOf(services), validation))
        {
            Assert.Empty(validation.Findings);
        }
    }

    [Fact]
    public async Task A_database_without_a_history_can_be_validated()
    {
        var database = await CreateDatabaseAsync("CREATE TABLE by_hand (x)");
        var validation = await Scripts.Runner(database, _teams).ValidateAsync();
        Assert.Single(validation.Status.Pending);
        if (IsChecked(database, validation))
        {
            Assert.Equal([SchemaChangeKind.Added], validation.Drift.Differences.Select(static each => each.Kind));
        }
    }

    [Fact]
    public async Task A_history_that_cannot_be_replayed_is_not_called_fine()
    {
        var database = await CreateDatabaseAsync("CREATE TABLE before (x)");
        var runner = Scripts.Runner(database, ("0001_after.sql", "CREATE INDEX before_x ON before (x);"));
        await runner.ApplyAsync();
        var validation = await runner.ValidateAsync();
        Assert.False(validation.Drift.IsChecked);
        Assert.False(validation.IsValid);
        if (database.Capabilities.EmptyDatabases)
        {
            Assert.Contains("0001", validation.Drift.Reason, StringComparison.Ordinal);
            Assert.Equal(DatabaseErrorKind.SchemaMissing, validation.Drift.Error?.Kind);
        }
    }

    [Fact]
    public async Task Migrations_in_code_and_repeatable_scripts_are_replayed()
    {
        var database = CreateDatabase();
        var runner = Scripts.Runner(
            database,
            static options => options.Sources.Add(MigrationSource.FromMigrations(Validated.Seeded)),
            _teams,
            ("R__named.sql", "DROP VIEW IF EXISTS named; CREATE VIEW named AS SELECT name, label FROM teams JOIN labels;"));
        await runner.ApplyAsync();
        await AssertNothingFoundAsync(database, runner);
    }

    [Fact]
    public async Task A_class_that_switches_foreign_keys_off_is_replayed_so()
    {
        var database = CreateDatabase();
        if (!database.Capabilities.ForeignKeysOff)
        {
            return;
        }

        var runner = Scripts.Runner(database, static options => options.Sources.Add(MigrationSource.FromMigrations(Validated.ChildFirst)), _teams);
        await runner.ApplyAsync();
        await AssertNothingFoundAsync(database, runner);
    }

    [Fact]
    public async Task A_comment_at_the_end_of_a_statement_of_a_class_swallows_nothing()
    {
        var database = CreateDatabase();
        var runner = Scripts.Runner(database, static options => options.Sources.Add(MigrationSource.FromMigrations(Validated.Commented)), _teams);
        await runner.ApplyAsync();
        await AssertNothingFoundAsync(database, runner);
    }

    [Fact]
    public async Task Names_that_only_the_engine_tells_apart_are_compared()
    {
        var (database, runner) = await MigratedAsync(("0001_names.sql", "CREATE TABLE \"Ä\" (x); CREATE TABLE \"ä\" (y); CREATE TRIGGER \"ä\" AFTER INSERT ON \"ä\" BEGIN SELECT 1; END;"));
        await AssertNothingFoundAsync(database, runner);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_another_tool_applied_is_replayed_and_its_history_is_no_drift(bool isTakenOver)
    {
        var database = await CreateDatabaseAsync("CREATE TABLE their_history (name TEXT)", "CREATE TABLE teams (id INTEGER PRIMARY KEY, name TEXT NOT NULL)", "CREATE INDEX teams_name ON teams (name)");
        var runner = Scripts.Runner(database, static options => options.Adoptions.Add(new Validated.TheirHistory()), _teams);
        if (isTakenOver)
        {
            await runner.ApplyAsync();
        }

        await AssertNothingFoundAsync(database, runner);
    }

    [Fact]
    public async Task A_class_that_is_gone_and_had_values_cannot_be_replayed_and_that_is_said()
    {
        var database = CreateDatabase();
        await Scripts.Runner(database, static options => options.Sources.Add(MigrationSource.FromMigrations(Validated.Seeded)), _teams).ApplyAsync();
        var validation = await Scripts.Runner(database, _teams).ValidateAsync();
        Assert.False(validation.Drift.IsChecked);
        if (database.Capabilities is { EmptyDatabases: true, SqliteSchema: true })
        {
            Assert.Contains("0002 was a class", validation.Drift.Reason, StringComparison.Ordinal);
        }
    }

    private async Task<(IDeployStackDatabase Database, IMigrationRunner Runner)> MigratedAsync(params (string Name, string Sql)[] scripts)
    {
        var database = CreateDatabase();
        var runner = Scripts.Runner(database, scripts);
        await runner.ApplyAsync();
        return (database, runner);
    }

    private static async Task AssertNothingFoundAsync(IDeployStackDatabase database, IMigrationRunner runner)
    {
        var validation = await runner.ValidateAsync();
        if (IsChecked(database, validation))
        {
            Assert.Empty(validation.Findings);
        }
    }

    // where nobody can look, that is what has to be said
    private static bool IsChecked(IDeployStackDatabase database, MigrationValidation validation)
    {
        if (database.Capabilities is { EmptyDatabases: true, SqliteSchema: true })
        {
            Assert.True(validation.Drift.IsChecked, validation.Drift.Reason);
            return true;
        }

        Assert.False(validation.Drift.IsChecked);
        Assert.Contains(nameof(DatabaseCapabilities.EmptyDatabases), validation.Drift.Reason, StringComparison.Ordinal);
        Assert.False(validation.IsValid);
        return false;
    }
}
