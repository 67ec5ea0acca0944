using DeployStack.Data.Migrations;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace DeployStack.Data.Testing.Conformance.Migrations;

/// <summary>Migrations: applied in order, once, each as one transaction, and remembered.</summary>
/// <param name="fixture">The provider under test.</param>
public abstract class MigrationTests(ConformanceFixture fixture) : ConformanceSuite(fixture)
{
    private static readonly (string Name, string Sql) _teams = ("0001_teams.sql", "CREATE TABLE teams (id INTEGER PRIMARY KEY, name TEXT NOT NULL);");
    private static readonly (string Name, string Sql) _members = ("0002_members.sql", "CREATE TABLE members (team_id INTEGER NOT NULL REFERENCES teams(id));\nCREATE INDEX members_team ON members(team_id);");

    [Fact]
    public async Task Pending_migrations_are_applied_in_order_and_once()
    {
        var database = CreateDatabase();
        var runner = Scripts.Runner(database, _members, _teams);
        Assert.Equal(["0001", "0002"], (await runner.GetStatusAsync()).Pending.Select(static each => each.Identity), StringComparer.Ordinal);

        var first = await runner.ApplyAsync();
        Assert.Equal([("0001", "teams"), ("0002", "members")], first.Applied.Select(static each => (each.Identity, each.Name)));
        Assert.Equal(0, first.AlreadyApplied);
        Assert.All(first.Applied, static each => Assert.True(each.Duration > TimeSpan.Zero));

        var second = await runner.ApplyAsync();
        Assert.Empty(second.Applied);
        Assert.Equal(2, second.AlreadyApplied);
        Assert.Equal(0, await database.ExecuteScalarAsync<long>("SELECT count(*) FROM members"));
    }

    [Fact]
    public async Task Status_tells_what_was_applied_when_and_with_which_checksum()
    {
        var database = CreateDatabase();
        var now = new DateTimeOffset(2031, 2, 3, 4, 5, 6, 789, TimeSpan.Zero);
        var runner = Scripts.Runner(database, new FixedTime(now), _teams);
        var pending = Assert.Single((await runner.GetStatusAsync()).Pending);
        await runner.ApplyAsync();

        var applied = Assert.Single((await runner.GetStatusAsync()).Applied);
        Assert.Equal(("0001", "teams", pending.Checksum, now), (applied.Identity, applied.Name, applied.Checksum, applied.AppliedAt));
        Assert.Equal(_teams.Sql, await database.ExecuteScalarAsync<string>("SELECT script FROM deploystack_migrations"));
    }

    [Fact]
    public async Task Asking_for_the_status_writes_nothing()
    {
        var database = CreateDatabase();
        await Scripts.Runner(database, _teams).GetStatusAsync();
        await ThrowsAsync(DatabaseErrorKind.SchemaMissing, () => database.QueryAsync<long>("SELECT count(*) FROM deploystack_migrations"));
    }

    [Fact]
    public async Task Statements_are_executed_as_the_engine_would_cut_them()
    {
        var database = CreateDatabase();
        await Scripts.Runner(database, ("0001_log.sql", """
            -- strings; names; "comments
            CREATE TABLE log (text TEXT DEFAULT 'a;''b' /* ; */, "semi;colon" TEXT);
            CREATE TRIGGER copy AFTER INSERT ON log WHEN new.text <> 'copy'
            BEGIN
                INSERT INTO log (text, "semi;colon") VALUES ('copy', CASE new.text WHEN 'a;''b' THEN 'yes;' ELSE 'no' END);
                UPDATE log SET text = text || ';' WHERE text = 'copy';
            END;
            --> statement-breakpoint
            INSERT INTO log ("semi;colon") VALUES ('x') --> statement-breakpoint
            ;;
            INSERT INTO log (text) VALUES ('last')
            """)).ApplyAsync();
        Assert.Equal(["a;'b", "copy;", "last", "copy;"], await database.QueryAsync<string>("SELECT text FROM log ORDER BY rowid"), StringComparer.Ordinal);
        Assert.Equal("yes;", await database.ExecuteScalarAsync<string>("SELECT \"semi;colon\" FROM log WHERE rowid = 2"));
    }

    [Fact]
    public async Task A_script_may_be_long_or_empty()
    {
        var database = CreateDatabase();
        var rows = string.Concat(Enumerable.Range(0, 300).Select(static i => $"INSERT INTO teams (id, name) VALUES ({i}, '{new string('x', 400)}');\n"));
        var result = await Scripts.Runner(database, _teams, ("0002_rows.sql", rows), ("0003_empty.sql", "-- nothing; yet\n")).ApplyAsync();
        Assert.Equal(3, result.Applied.Count);
        Assert.Equal(300, await database.ExecuteScalarAsync<long>("SELECT count(*) FROM teams"));
        Assert.Equal(rows, await database.ExecuteScalarAsync<string>("SELECT script FROM deploystack_migrations WHERE identity = '0002'"));
    }

    [Fact]
    public async Task Runners_that_start_at_once_apply_each_migration_once()
    {
        var database = CreateDatabase();
        var scripts = Enumerable.Range(1, 12).Select(static i => ($"{i:0000}_t.sql", $"CREATE TABLE t{i} (x INTEGER);\nINSERT INTO t{i} VALUES ({i});")).ToArray();
        var results = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => Scripts.Runner(database, scripts).ApplyAsync())));
        Assert.Equal(
            scripts.Select(static script => script.Item1[..4]),
            results.SelectMany(static result => result.Applied).Select(static each => each.Identity).Order(StringComparer.Ordinal),
            StringComparer.Ordinal);
        Assert.All(results, result => Assert.Equal(scripts.Length, result.Applied.Count + result.AlreadyApplied));
        Assert.Equal(scripts.Length, await database.ExecuteScalarAsync<long>("SELECT count(*) FROM deploystack_migrations"));
    }

    [Fact]
    public async Task Instances_that_start_at_once_on_one_place_apply_each_migration_once()
    {
        if (!Fixture.KeepsData)
        {
            return;
        }

        var place = CreatePlace();
        var scripts = Enumerable.Range(1, 8).Select(static i => ($"{i:0000}_t.sql", $"CREATE TABLE t{i} (x INTEGER);\nINSERT INTO t{i} VALUES ({i});")).ToArray();
        var runners = Enumerable.Range(0, 4).Select(_ => Scripts.Runner(DatabaseOf(OpenServices(place)), scripts)).ToList();
        var results = await Task.WhenAll(runners.Select(static runner => Task.Run(() => runner.ApplyAsync())));
        Assert.Equal(scripts.Length, results.Sum(static result => result.Applied.Count));
        Assert.All(results, result => Assert.Equal(scripts.Length, result.Applied.Count + result.AlreadyApplied));
    }

    [Fact]
    public async Task The_history_is_kept_with_the_data()
    {
        if (!Fixture.KeepsData)
        {
            return;
        }

        var place = CreatePlace();
        var services = OpenServices(place, static builder => builder.AddMigrations(static options => options.Sources.Add(Scripts.Source(_teams))));
        await services.GetRequiredService<IMigrationRunner>().ApplyAsync();
        await ((IAsyncDisposable)services).DisposeAsync();

        var again = OpenServices(place, static builder => builder.AddMigrations(static options => options.Sources.Add(Scripts.Source(_teams, _members))));
        var result = await again.GetRequiredService<IMigrationRunner>().ApplyAsync();
        Assert.Equal(["0002"], result.Applied.Select(static each => each.Identity), StringComparer.Ordinal);
    }

    [Fact]
    public async Task A_missing_table_is_reported_with_the_migrations_that_are_pending()
    {
        var services = CreateServices(static builder => builder.AddMigrations(static options => options.Sources.Add(Scripts.Source(_teams, _members))));
        var error = await ThrowsAsync(DatabaseErrorKind.SchemaMissing, () => DatabaseOf(services).QueryAsync<long>("SELECT id FROM teams"));
        Assert.Contains("2 migrations are pending (0001, 0002)", error.Message, StringComparison.Ordinal);
        Assert.Contains(nameof(IMigrationRunner.ApplyAsync), error.Message, StringComparison.Ordinal);

        await services.GetRequiredService<IMigrationRunner>().ApplyAsync();
        Assert.Empty(await DatabaseOf(services).QueryAsync<long>("SELECT id FROM teams"));
        var other = await ThrowsAsync(DatabaseErrorKind.SchemaMissing, () => DatabaseOf(services).QueryAsync<long>("SELECT id FROM absent"));
        Assert.DoesNotContain("pending", other.Message, StringComparison.Ordinal);
    }

    private sealed class FixedTime(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
