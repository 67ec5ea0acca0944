using DeployStack.Data.Migrations;

namespace DeployStack.Data.Sqlite.Tests.Migrations;

/// <summary>The one script for the sqlite3 shell, run by a shell.</summary>
public sealed class BundleTests : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("deploystack-bundle-");

    private string Target => Path.Combine(_folder.FullName, "target.db");

    [Theory]
    [MemberData(nameof(Shells.All), MemberType = typeof(Shells))]
    public async Task An_empty_database_is_brought_to_the_newest_state_and_a_second_and_third_run_change_nothing(string shell)
    {
        var script = await Bundle.ScriptOfAsync(Bundle.Scripts);
        Assert.Equal((0, string.Empty), await Shells.RunAsync(shell, Target, script));
        var first = await Bundle.ContentAsync(Target);
        Assert.Equal((0, string.Empty), await Shells.RunAsync(shell, Target, script));
        Assert.Equal((0, string.Empty), await Shells.RunAsync(shell, Target, script));
        Assert.Equal(first, await Bundle.ContentAsync(Target));

        var applied = Path.Combine(_folder.FullName, "applied.db");
        await using var sqlite = Bundle.Open(applied);
        await Bundle.Runner(sqlite, Bundle.Scripts).ApplyAsync();
        Assert.Equal(Bundle.WithoutTimes(await Bundle.ContentAsync(applied)), Bundle.WithoutTimes(first));
    }

    [Theory]
    [MemberData(nameof(Shells.All), MemberType = typeof(Shells))]
    public async Task Afterwards_nothing_is_pending_and_nothing_is_wrong(string shell)
    {
        await Shells.RunAsync(shell, Target, await Bundle.ScriptOfAsync(Bundle.Scripts));
        await using var sqlite = Bundle.Open(Target);
        var runner = Bundle.Runner(sqlite, Bundle.Scripts);
        Assert.Empty((await runner.ApplyAsync()).Applied);
        var validation = await runner.ValidateAsync();
        Assert.Empty(validation.Findings);
        Assert.All(validation.Status.Applied, static each => Assert.InRange(each.AppliedAt, DateTimeOffset.UtcNow.AddMinutes(-5), DateTimeOffset.UtcNow.AddMinutes(5)));
    }

    [Theory]
    [MemberData(nameof(Shells.All), MemberType = typeof(Shells))]
    public async Task A_database_with_some_migrations_gets_the_others(string shell)
    {
        await using (var sqlite = Bundle.Open(Target))
        {
            await Bundle.Runner(sqlite, Bundle.Scripts[..1]).ApplyAsync();
            await sqlite.Database.ExecuteAsync("UPDATE teams SET name = 'kept' WHERE id = 2");
        }

        Assert.Equal((0, string.Empty), await Shells.RunAsync(shell, Target, await Bundle.ScriptOfAsync(Bundle.Scripts)));
        await using var opened = Bundle.Open(Target);
        Assert.Empty((await Bundle.Runner(opened, Bundle.Scripts).ValidateAsync()).Findings);
        Assert.Equal(["kept"], await opened.Database.QueryAsync<string>("SELECT name FROM named WHERE name LIKE 'k%'"));
        Assert.Equal(2, await opened.Database.ExecuteScalarAsync<long>("SELECT count(*) FROM members"));
    }

    [Theory]
    [MemberData(nameof(Shells.All), MemberType = typeof(Shells))]
    public async Task A_failing_migration_ends_the_shell_with_an_error_and_keeps_those_before_it(string shell)
    {
        var script = await Bundle.ScriptOfAsync([.. Bundle.Scripts, ("0004_fails.sql", "CREATE TABLE half (x); INSERT INTO teams VALUES (1, 'again', '');"), ("0005_never.sql", "CREATE TABLE never (x);")]);
        for (var run = 0; run < 2; run++)
        {
            var (exitCode, output) = await Shells.RunAsync(shell, Target, script);
            Assert.NotEqual(0, exitCode);
            Assert.Contains("UNIQUE constraint failed", output, StringComparison.Ordinal);
        }

        await using var sqlite = Bundle.Open(Target);
        Assert.Equal(["0001", "0002", "0003"], (await Bundle.Runner(sqlite, Bundle.Scripts).GetStatusAsync()).Applied.Select(static each => each.Identity));
        Assert.Empty((await Bundle.Runner(sqlite, Bundle.Scripts).ValidateAsync()).Findings);
    }

    [Theory]
    [MemberData(nameof(Shells.All), MemberType = typeof(Shells))]
    public async Task Rows_that_lose_their_parent_fail_the_migration(string shell)
    {
        var script = await Bundle.ScriptOfAsync([.. Bundle.Scripts, ("0004_orphans.sql", "PRAGMA foreign_keys=OFF; DELETE FROM teams WHERE id = 2; PRAGMA foreign_keys=ON;")]);
        var (exitCode, output) = await Shells.RunAsync(shell, Target, script);
        Assert.NotEqual(0, exitCode);
        Assert.Contains("Migration 0004 failed", output, StringComparison.Ordinal);
        await using var sqlite = Bundle.Open(Target);
        Assert.Equal(2, await sqlite.Database.ExecuteScalarAsync<long>("SELECT count(*) FROM teams"));
    }

    [Theory]
    [MemberData(nameof(Shells.All), MemberType = typeof(Shells))]
    public async Task A_script_that_was_changed_since_is_told_before_anything_runs(string shell)
    {
        await Shells.RunAsync(shell, Target, await Bundle.ScriptOfAsync(Bundle.Scripts[..1]));
        var (exitCode, output) = await Shells.RunAsync(shell, Target, await Bundle.ScriptOfAsync([(Bundle.Scripts[0].Name, Bundle.Scripts[0].Sql + "SELECT 1;"), .. Bundle.Scripts[1..]]));
        Assert.NotEqual(0, exitCode);
        Assert.Contains("0001 has another text now", output, StringComparison.Ordinal);
        await using var sqlite = Bundle.Open(Target);
        Assert.Single((await Bundle.Runner(sqlite, Bundle.Scripts).GetStatusAsync()).Applied);
    }

    [Theory]
    [MemberData(nameof(Shells.All), MemberType = typeof(Shells))]
    public async Task A_database_of_a_newer_application_is_refused(string shell)
    {
        await Shells.RunAsync(shell, Target, await Bundle.ScriptOfAsync(Bundle.Scripts));
        var (exitCode, output) = await Shells.RunAsync(shell, Target, await Bundle.ScriptOfAsync(Bundle.Scripts[..2]));
        Assert.NotEqual(0, exitCode);
        Assert.Contains("0003 is newer than this script", output, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Shells.All), MemberType = typeof(Shells))]
    public async Task A_repeatable_script_runs_again_only_when_it_was_changed(string shell)
    {
        var counted = ("0004_runs.sql", "CREATE TABLE runs (n INTEGER PRIMARY KEY);");
        var script = await Bundle.ScriptOfAsync([.. Bundle.Scripts, counted, ("R__run.sql", "INSERT INTO runs SELECT count(*) + 1 FROM runs;")]);
        Assert.Equal((0, string.Empty), await Shells.RunAsync(shell, Target, script));
        Assert.Equal((0, string.Empty), await Shells.RunAsync(shell, Target, script));
        Assert.Equal((0, string.Empty), await Shells.RunAsync(shell, Target, await Bundle.ScriptOfAsync([.. Bundle.Scripts, counted, ("R__run.sql", "INSERT INTO runs SELECT count(*) + 10 FROM runs;")])));
        Assert.Equal((0, "1\n11\n"), await Shells.RunAsync(shell, Target, "SELECT n FROM runs ORDER BY n;\n"));
    }

    [Theory]
    [MemberData(nameof(Shells.All), MemberType = typeof(Shells))]
    public async Task A_migration_in_code_ends_the_shell_until_it_is_applied(string shell)
    {
        var options = new MigrationOptions { Sources = { MigrationSource.FromScripts(Bundle.Scripts.ToDictionary()), MigrationSource.FromMigrations(new Coded()) } };
        await using (var unused = Bundle.Open(":memory:"))
        {
            var (exitCode, output) = await Shells.RunAsync(shell, Target, await MigrationRunnerFactory.Create(unused.Database, options).ScriptAsync());
            Assert.NotEqual(0, exitCode);
            Assert.Contains("Migration 0004 is written in C#", output, StringComparison.Ordinal);
        }

        await using var sqlite = Bundle.Open(Target);
        var runner = MigrationRunnerFactory.Create(sqlite.Database, options);
        Assert.Equal(["0004"], (await runner.ApplyAsync()).Applied.Select(static each => each.Identity));
        Assert.Equal((0, string.Empty), await Shells.RunAsync(shell, Target, await runner.ScriptAsync()));
    }

    [Theory]
    [MemberData(nameof(Shells.All), MemberType = typeof(Shells))]
    public async Task A_rebuild_ends_the_shell_until_it_is_applied(string shell)
    {
        (string Name, string Sql)[] scripts = [.. Bundle.Scripts, ("0004_rebuild.sql", "-- deploystack: rebuild\nCREATE TABLE members (id INTEGER PRIMARY KEY, team_id INTEGER NOT NULL REFERENCES teams(id) ON DELETE CASCADE) STRICT;")];
        var (exitCode, output) = await Shells.RunAsync(shell, Target, await Bundle.ScriptOfAsync(scripts));
        Assert.NotEqual(0, exitCode);
        Assert.Contains("Migration 0004 rebuilds a table", output, StringComparison.Ordinal);
        await using var sqlite = Bundle.Open(Target);
        var runner = Bundle.Runner(sqlite, scripts);
        Assert.True((await runner.RehearseAsync()).Passed);
        Assert.Equal(["0004"], (await runner.ApplyAsync()).Applied.Select(static each => each.Identity));
        Assert.Empty((await runner.ValidateAsync()).Findings);
        Assert.Equal((0, string.Empty), await Shells.RunAsync(shell, Target, await runner.ScriptAsync()));
    }

    [Theory]
    [MemberData(nameof(Shells.All), MemberType = typeof(Shells))]
    public async Task A_database_with_migrations_that_the_script_lacks_is_refused(string shell)
    {
        await Shells.RunAsync(shell, Target, await Bundle.ScriptOfAsync([("0000_deleted.sql", "CREATE TABLE deleted (x);"), .. Bundle.Scripts]));
        var (exitCode, output) = await Shells.RunAsync(shell, Target, await Bundle.ScriptOfAsync(Bundle.Scripts));
        Assert.NotEqual(0, exitCode);
        Assert.Contains("0000 is applied and not in this script", output, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Shells.All), MemberType = typeof(Shells))]
    public async Task A_folder_in_which_the_shell_cannot_write_is_an_error_and_nothing_is_skipped(string shell)
    {
        Directory.CreateDirectory(Path.Combine(_folder.FullName, "deploystack-migration.tmp.sql")); // where the answer would go
        var (exitCode, _) = await Shells.RunAsync(shell, Target, await Bundle.ScriptOfAsync(Bundle.Scripts));
        Assert.NotEqual(0, exitCode);
        await using var sqlite = Bundle.Open(Target);
        Assert.Equal(3, (await Bundle.Runner(sqlite, Bundle.Scripts).GetStatusAsync()).Pending.Count);
    }

    [Theory]
    [MemberData(nameof(Shells.All), MemberType = typeof(Shells))]
    public async Task An_answer_that_somebody_else_replaced_is_noticed(string shell)
    {
        var script = await Bundle.ScriptOfAsync(Bundle.Scripts);
        var read = script.IndexOf(".read", StringComparison.Ordinal);
        var (exitCode, output) = await Shells.RunAsync(shell, Target, script.Insert(read, ".once deploystack-migration.tmp.sql\nSELECT '';\n"));
        Assert.NotEqual(0, exitCode);
        Assert.Contains("Migration 0001 did not run", output, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Shells.All), MemberType = typeof(Shells))]
    public async Task A_thousand_migrations_are_one_script(string shell)
    {
        var many = Enumerable.Range(1, 1000).Select(static i => ($"{i:0000}_table.sql", $"CREATE TABLE t{i} (x); INSERT INTO t{i} VALUES ({i});")).ToArray();
        var script = await Bundle.ScriptOfAsync(many);
        Assert.Equal((0, string.Empty), await Shells.RunAsync(shell, Target, script));
        await using var sqlite = Bundle.Open(Target);
        Assert.Empty((await Bundle.Runner(sqlite, many).GetStatusAsync()).Pending);
    }

    private sealed class Coded : IMigration
    {
        public string Name => "0004_coded";

        public Task BuildAsync(MigrationBuilder builder, IDeployStackDatabase database, CancellationToken cancellationToken)
        {
            builder.Add("CREATE TABLE coded (x)");
            return Task.CompletedTask;
        }
    }

    public ValueTask DisposeAsync()
    {
        _folder.Delete(recursive: true);
        return default;
    }
}
