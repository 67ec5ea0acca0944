using DeployStack.Data.Migrations;
using DeployStack.Data.Migrations.Adoption;
using Xunit;

namespace DeployStack.Data.Testing.Conformance.Migrations;

/// <summary>What an application may add to a run: a step before it, progress, histories of other tools.</summary>
/// <param name="fixture">The provider under test.</param>
public abstract class MigrationHookTests(ConformanceFixture fixture) : ConformanceSuite(fixture)
{
    private static readonly (string Name, string Sql)[] _scripts = [("0001_a.sql", "CREATE TABLE a (x);"), ("0002_b.sql", "CREATE TABLE b (x);"), ("0003_c.sql", "CREATE TABLE c (x);")];

    [Fact]
    public async Task The_step_before_runs_once_and_only_if_something_is_pending()
    {
        var database = CreateDatabase();
        await Scripts.Runner(database, _scripts[0]).ApplyAsync();
        var plans = new List<MigrationPlan>();
        var runner = Scripts.Runner(
            database,
            options => options.BeforeMigrate = async (plan, token) =>
            {
                plans.Add(plan);
                Assert.Empty(await database.QueryAsync<long>("SELECT identity FROM deploystack_migrations WHERE identity > '0001'", cancellationToken: token));
            },
            _scripts);
        await runner.ApplyAsync();
        await runner.ApplyAsync();
        var only = Assert.Single(plans);
        Assert.Equal(["0002", "0003"], Scripts.Identities(only.Pending), StringComparer.Ordinal);
        Assert.Equal(["0001"], Scripts.Identities(only.Applied), StringComparer.Ordinal);
    }

    [Fact]
    public async Task A_step_before_that_fails_stops_the_run_before_anything_is_applied()
    {
        var database = CreateDatabase();
        var runner = Scripts.Runner(database, static options => options.BeforeMigrate = static (_, _) => throw new IOException("the backup disk is full"), _scripts);
        var error = await ThrowsAsync(DatabaseErrorKind.MigrationFailed, () => runner.ApplyAsync());
        Assert.Contains("the backup disk is full", error.Message, StringComparison.Ordinal);
        Assert.Contains("full. Nothing was applied", error.Message, StringComparison.Ordinal);
        Assert.IsType<IOException>(error.InnerException);
        Assert.Empty((await runner.GetStatusAsync()).Applied);
    }

    [Fact]
    public async Task Progress_is_told_after_each_migration()
    {
        var seen = new Seen();
        await Scripts.Runner(CreateDatabase(), options => options.Progress = seen, _scripts).ApplyAsync();
        Assert.Equal([("0001", 1, 3), ("0002", 2, 3), ("0003", 3, 3)], seen.Reports.Select(static each => (each.Last.Identity, each.Done, each.Total)));
    }

    [Fact]
    public async Task A_history_that_changes_in_the_middle_of_a_run_stops_it_and_the_error_tells_what_is_kept()
    {
        var database = CreateDatabase();
        var other = Scripts.Runner(database, _scripts[0], ("0002_b.sql", "CREATE TABLE something_else (x);"));
        var runner = Scripts.Runner(
            database,
            options => options.Sources.Add(MigrationSource.FromMigrations(new Meanwhile(() => other.ApplyAsync()))),
            _scripts[0],
            ("0003_b.sql", "CREATE TABLE b (x);"));
        var error = await ThrowsAsync(DatabaseErrorKind.MigrationFailed, () => runner.ApplyAsync());
        Assert.Contains("1 migration(s) that this run applied before are kept; nothing else was applied", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("Nothing was applied", error.Message, StringComparison.Ordinal);
        Assert.Equal(["0001", "0002"], Scripts.Identities((await other.GetStatusAsync()).Applied), StringComparer.Ordinal);
    }

    [Fact]
    public async Task What_another_tool_applied_counts_as_applied_and_is_written_first()
    {
        var database = await CreateDatabaseAsync("CREATE TABLE a (x)", "CREATE TABLE b (x)");
        var when = new DateTimeOffset(2025, 9, 15, 12, 0, 0, TimeSpan.Zero);
        var runner = Scripts.Runner(database, options => options.Adoptions.Add(new Fixed(new AdoptedMigration("0001", when), new AdoptedMigration("0002", when))), _scripts);

        var before = await runner.GetStatusAsync();
        Assert.Equal([("0001", MigrationHistoryKind.Adopted, when), ("0002", MigrationHistoryKind.Adopted, when)], before.Applied.Select(static each => (each.Identity, each.Kind, each.AppliedAt)));
        Assert.Equal(["0003"], Scripts.Identities(before.Pending), StringComparer.Ordinal);
        await ThrowsAsync(DatabaseErrorKind.SchemaMissing, () => database.QueryAsync<string>("SELECT identity FROM deploystack_migrations"));

        var result = await runner.ApplyAsync();
        Assert.Equal(("0003", 2), (Assert.Single(result.Applied).Identity, result.AlreadyApplied));
        Assert.Equal(before.Applied, (await Scripts.Runner(database, _scripts).GetStatusAsync()).Applied.Take(2));
    }

    [Fact]
    public async Task Runners_that_adopt_at_once_write_the_rows_once()
    {
        var database = await CreateDatabaseAsync("CREATE TABLE a (x)", "CREATE TABLE b (x)");
        var results = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => Scripts.Runner(
            database,
            static options => options.Adoptions.Add(new Fixed(new AdoptedMigration("0001", DateTimeOffset.UnixEpoch), new AdoptedMigration("0002", DateTimeOffset.UnixEpoch))),
            _scripts).ApplyAsync())));
        Assert.Equal(1, results.Sum(static result => result.Applied.Count));
        Assert.Equal(3, await database.ExecuteScalarAsync<long>("SELECT count(*) FROM deploystack_migrations"));
    }

    [Fact]
    public async Task An_adoption_that_fails_or_names_what_is_unknown_writes_nothing()
    {
        var database = CreateDatabase();
        var unknown = Scripts.Runner(database, static options => options.Adoptions.Add(new Fixed(new AdoptedMigration("0009", DateTimeOffset.UnixEpoch))), _scripts);
        Assert.Contains("0009", (await ThrowsAsync(DatabaseErrorKind.MigrationFailed, () => unknown.ApplyAsync())).Message, StringComparison.Ordinal);
        await ThrowsAsync(DatabaseErrorKind.SchemaMissing, () => database.QueryAsync<string>("SELECT identity FROM deploystack_migrations"));
    }

    private sealed class Fixed(params AdoptedMigration[] adopted) : IMigrationAdoption
    {
        public Task<IReadOnlyList<AdoptedMigration>> FindAsync(
            IDeployStackDatabase database, IReadOnlyList<Migration> migrations, IReadOnlyList<AppliedMigration> applied, CancellationToken cancellationToken)
            => Task.FromResult<IReadOnlyList<AdoptedMigration>>(adopted);
    }

    // another process is faster while this one thinks, with another meaning of the same migration
    private sealed class Meanwhile(Func<Task> work) : IMigration
    {
        public string Name => "0002_b";

        public string? Version => "ours";

        public async Task BuildAsync(MigrationBuilder builder, IDeployStackDatabase database, CancellationToken cancellationToken)
        {
            await work();
            builder.Add("CREATE TABLE b (x)");
        }
    }

    private sealed class Seen : IProgress<MigrationProgress>
    {
        public List<MigrationProgress> Reports { get; } = [];

        public void Report(MigrationProgress value) => Reports.Add(value);
    }
}
