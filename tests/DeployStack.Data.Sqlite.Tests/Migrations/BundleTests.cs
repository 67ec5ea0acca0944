using System.Text.RegularExpressions;
using DeployStack.Data.Migrations;
using DeployStack.Data.Sqlite.Connections;
using DeployStack.Data.Testing.Conformance;

namespace DeployStack.Data.Sqlite.Tests.Migrations;

/// <summary>The one script for the sqlite3 shell, run by a shell.</summary>
public sealed partial class BundleTests : IAsyncDisposable
{
    private static readonly (string Name, string Sql)[] _scripts =
    [
        ("0001_teams.sql", """
            -- a comment; with a semicolon
            CREATE TABLE teams (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, text TEXT DEFAULT 'it''s; "so"');
            CREATE TABLE members (id INTEGER PRIMARY KEY, team_id INTEGER NOT NULL REFERENCES teams(id) ON DELETE CASCADE);
            CREATE TRIGGER teams_name AFTER UPDATE OF name ON teams BEGIN
                UPDATE teams SET text = CASE new.name WHEN '' THEN 'none; END' ELSE new.name END WHERE id = new.id;
            END;
            INSERT INTO teams (id, name) VALUES (1, 'first
            .quit
            second line; -- no comment'), (2, 'zwölf ☃');
            INSERT INTO members VALUES (1, 1), (2, 2);
            """),
        ("0002_rebuild.sql", """
            PRAGMA foreign_keys=OFF;
            CREATE TABLE new_teams (id INTEGER PRIMARY KEY, name TEXT NOT NULL, text TEXT NOT NULL DEFAULT '');
            INSERT INTO new_teams SELECT id, name, text FROM teams;
            DROP TABLE teams;
            ALTER TABLE new_teams RENAME TO teams;
            PRAGMA foreign_key_check;
            PRAGMA foreign_keys=ON;
            """),
        ("0003_view.sql", "CREATE VIEW named AS SELECT name FROM teams -- the last token is a comment"),
    ];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("deploystack-bundle-");

    private string Target => Path.Combine(_folder.FullName, "target.db");

    [Theory]
    [MemberData(nameof(Shells.All), MemberType = typeof(Shells))]
    public async Task An_empty_database_is_brought_to_the_newest_state_and_a_second_and_third_run_change_nothing(string shell)
    {
        var script = await ScriptOfAsync(_scripts);
        Assert.Equal((0, string.Empty), await Shells.RunAsync(shell, Target, script));
        var first = await ContentAsync(Target);
        Assert.Equal((0, string.Empty), await Shells.RunAsync(shell, Target, script));
        Assert.Equal((0, string.Empty), await Shells.RunAsync(shell, Target, script));
        Assert.Equal(first, await ContentAsync(Target));

        var applied = Path.Combine(_folder.FullName, "applied.db");
        await using var sqlite = Open(applied);
        await Runner(sqlite, _scripts).ApplyAsync();
        Assert.Equal(WithoutTimes(await ContentAsync(applied)), WithoutTimes(first));
    }

    [Theory]
    [MemberData(nameof(Shells.All), MemberType = typeof(Shells))]
    public async Task Afterwards_nothing_is_pending_and_nothing_is_wrong(string shell)
    {
        await Shells.RunAsync(shell, Target, await ScriptOfAsync(_scripts));
        await using var sqlite = Open(Target);
        var runner = Runner(sqlite, _scripts);
        Assert.Empty((await runner.ApplyAsync()).Applied);
        var validation = await runner.ValidateAsync();
        Assert.Empty(validation.Findings);
        Assert.All(validation.Status.Applied, static each => Assert.InRange(each.AppliedAt, DateTimeOffset.UtcNow.AddMinutes(-5), DateTimeOffset.UtcNow.AddMinutes(5)));
    }

    [Theory]
    [MemberData(nameof(Shells.All), MemberType = typeof(Shells))]
    public async Task A_database_with_some_migrations_gets_the_others(string shell)
    {
        await using (var sqlite = Open(Target))
        {
            await Runner(sqlite, _scripts[..1]).ApplyAsync();
            await sqlite.Database.ExecuteAsync("UPDATE teams SET name = 'kept' WHERE id = 2");
        }

        Assert.Equal((0, string.Empty), await Shells.RunAsync(shell, Target, await ScriptOfAsync(_scripts)));
        await using var opened = Open(Target);
        Assert.Empty((await Runner(opened, _scripts).ValidateAsync()).Findings);
        Assert.Equal(["kept"], await opened.Database.QueryAsync<string>("SELECT name FROM named WHERE name LIKE 'k%'"));
        Assert.Equal(2, await opened.Database.ExecuteScalarAsync<long>("SELECT count(*) FROM members"));
    }

    [Theory]
    [MemberData(nameof(Shells.All), MemberType = typeof(Shells))]
    public async Task A_failing_migration_ends_the_shell_with_an_error_and_keeps_those_before_it(string shell)
    {
        var script = await ScriptOfAsync([.. _scripts, ("0004_fails.sql", "CREATE TABLE half (x); INSERT INTO teams VALUES (1, 'again', '');"), ("0005_never.sql", "CREATE TABLE never (x);")]);
        for (var run = 0; run < 2; run++)
        {
            var (exitCode, output) = await Shells.RunAsync(shell, Target, script);
            Assert.NotEqual(0, exitCode);
            Assert.Contains("UNIQUE constraint failed", output, StringComparison.Ordinal);
        }

        await using var sqlite = Open(Target);
        Assert.Equal(["0001", "0002", "0003"], (await Runner(sqlite, _scripts).GetStatusAsync()).Applied.Select(static each => each.Identity));
        Assert.Empty((await Runner(sqlite, _scripts).ValidateAsync()).Findings);
    }

    [Theory]
    [MemberData(nameof(Shells.All), MemberType = typeof(Shells))]
    public async Task Rows_that_lose_their_parent_fail_the_migration(string shell)
    {
        var script = await ScriptOfAsync([.. _scripts, ("0004_orphans.sql", "PRAGMA foreign_keys=OFF; DELETE FROM teams WHERE id = 2; PRAGMA foreign_keys=ON;")]);
        var (exitCode, output) = await Shells.RunAsync(shell, Target, script);
        Assert.NotEqual(0, exitCode);
        Assert.Contains("Migration 0004 failed", output, StringComparison.Ordinal);
        await using var sqlite = Open(Target);
        Assert.Equal(2, await sqlite.Database.ExecuteScalarAsync<long>("SELECT count(*) FROM teams"));
    }

    [Theory]
    [MemberData(nameof(Shells.All), MemberType = typeof(Shells))]
    public async Task A_script_that_was_changed_since_is_told_before_anything_runs(string shell)
    {
        await Shells.RunAsync(shell, Target, await ScriptOfAsync(_scripts[..1]));
        var (exitCode, output) = await Shells.RunAsync(shell, Target, await ScriptOfAsync([(_scripts[0].Name, _scripts[0].Sql + "SELECT 1;"), .. _scripts[1..]]));
        Assert.NotEqual(0, exitCode);
        Assert.Contains("0001 has another text now", output, StringComparison.Ordinal);
        await using var sqlite = Open(Target);
        Assert.Single((await Runner(sqlite, _scripts).GetStatusAsync()).Applied);
    }

    [Theory]
    [MemberData(nameof(Shells.All), MemberType = typeof(Shells))]
    public async Task A_database_of_a_newer_application_is_refused(string shell)
    {
        await Shells.RunAsync(shell, Target, await ScriptOfAsync(_scripts));
        var (exitCode, output) = await Shells.RunAsync(shell, Target, await ScriptOfAsync(_scripts[..2]));
        Assert.NotEqual(0, exitCode);
        Assert.Contains("0003 is newer than this script", output, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Shells.All), MemberType = typeof(Shells))]
    public async Task A_repeatable_script_runs_again_only_when_it_was_changed(string shell)
    {
        var counted = ("0004_runs.sql", "CREATE TABLE runs (n INTEGER PRIMARY KEY);");
        var script = await ScriptOfAsync([.. _scripts, counted, ("R__run.sql", "INSERT INTO runs SELECT count(*) + 1 FROM runs;")]);
        Assert.Equal((0, string.Empty), await Shells.RunAsync(shell, Target, script));
        Assert.Equal((0, string.Empty), await Shells.RunAsync(shell, Target, script));
        Assert.Equal((0, string.Empty), await Shells.RunAsync(shell, Target, await ScriptOfAsync([.. _scripts, counted, ("R__run.sql", "INSERT INTO runs SELECT count(*) + 10 FROM runs;")])));
        Assert.Equal((0, "1\n11\n"), await Shells.RunAsync(shell, Target, "SELECT n FROM runs ORDER BY n;\n"));
    }

    [Theory]
    [MemberData(nameof(Shells.All), MemberType = typeof(Shells))]
    public async Task A_migration_in_code_ends_the_shell_until_it_is_applied(string shell)
    {
        var options = new MigrationOptions { Sources = { MigrationSource.FromScripts(_scripts.ToDictionary()), MigrationSource.FromMigrations(new Coded()) } };
        await using (var unused = Open(":memory:"))
        {
            var (exitCode, output) = await Shells.RunAsync(shell, Target, await MigrationRunnerFactory.Create(unused.Database, options).ScriptAsync());
            Assert.NotEqual(0, exitCode);
            Assert.Contains("Migration 0004 is written in C#", output, StringComparison.Ordinal);
        }

        await using var sqlite = Open(Target);
        var runner = MigrationRunnerFactory.Create(sqlite.Database, options);
        Assert.Equal(["0004"], (await runner.ApplyAsync()).Applied.Select(static each => each.Identity));
        Assert.Equal((0, string.Empty), await Shells.RunAsync(shell, Target, await runner.ScriptAsync()));
    }

    [Theory]
    [MemberData(nameof(Shells.All), MemberType = typeof(Shells))]
    public async Task A_rebuild_ends_the_shell_until_it_is_applied(string shell)
    {
        (string Name, string Sql)[] scripts = [.. _scripts, ("0004_rebuild.sql", "-- deploystack: rebuild\nCREATE TABLE members (id INTEGER PRIMARY KEY, team_id INTEGER NOT NULL REFERENCES teams(id) ON DELETE CASCADE) STRICT;")];
        var (exitCode, output) = await Shells.RunAsync(shell, Target, await ScriptOfAsync(scripts));
        Assert.NotEqual(0, exitCode);
        Assert.Contains("Migration 0004 rebuilds a table", output, StringComparison.Ordinal);
        await using var sqlite = Open(Target);
        var runner = Runner(sqlite, scripts);
        Assert.True((await runner.RehearseAsync()).Passed);
        Assert.Equal(["0004"], (await runner.ApplyAsync()).Applied.Select(static each => each.Identity));
        Assert.Empty((await runner.ValidateAsync()).Findings);
        Assert.Equal((0, string.Empty), await Shells.RunAsync(shell, Target, await runner.ScriptAsync()));
    }

    [Theory]
    [MemberData(nameof(Shells.All), MemberType = typeof(Shells))]
    public async Task A_database_with_migrations_that_the_script_lacks_is_refused(string shell)
    {
        await Shells.RunAsync(shell, Target, await ScriptOfAsync([("0000_deleted.sql", "CREATE TABLE deleted (x);"), .. _scripts]));
        var (exitCode, output) = await Shells.RunAsync(shell, Target, await ScriptOfAsync(_scripts));
        Assert.NotEqual(0, exitCode);
        Assert.Contains("0000 is applied and not in this script", output, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Shells.All), MemberType = typeof(Shells))]
    public async Task A_folder_in_which_the_shell_cannot_write_is_an_error_and_nothing_is_skipped(string shell)
    {
        Directory.CreateDirectory(Path.Combine(_folder.FullName, "deploystack-migration.tmp.sql")); // where the answer would go
        var (exitCode, _) = await Shells.RunAsync(shell, Target, await ScriptOfAsync(_scripts));
        Assert.NotEqual(0, exitCode);
        await using var sqlite = Open(Target);
        Assert.Equal(3, (await Runner(sqlite, _scripts).GetStatusAsync()).Pending.Count);
    }

    [Theory]
    [MemberData(nameof(Shells.All), MemberType = typeof(Shells))]
    public async Task An_answer_that_somebody_else_replaced_is_noticed(string shell)
    {
        var script = await ScriptOfAsync(_scripts);
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
        var script = await ScriptOfAsync(many);
        Assert.Equal((0, string.Empty), await Shells.RunAsync(shell, Target, script));
        await using var sqlite = Open(Target);
        Assert.Empty((await Runner(sqlite, many).GetStatusAsync()).Pending);
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

    private static TemporarySqlite Open(string path) => new(options => options.Path = path);

    private static IMigrationRunner Runner(TemporarySqlite sqlite, params (string Name, string Sql)[] scripts)
        => MigrationRunnerFactory.Create(sqlite.Database, new() { Sources = { MigrationSource.FromScripts(scripts.ToDictionary()) } });

    private static async Task<string> ScriptOfAsync((string Name, string Sql)[] scripts)
    {
        await using var unused = Open(":memory:");
        return await Runner(unused, scripts).ScriptAsync();
    }

    private static async Task<string> ContentAsync(string path)
    {
        await using var sqlite = Open(path);
        return await DatabaseContent.ReadAsync(sqlite.Database);
    }

    // the shell gives its databases no application id
    private static string WithoutTimes(string content) => Times().Replace(content, "?").Replace($"application_id {StartupGuard.ApplicationId}", "application_id 0", StringComparison.Ordinal);

    [GeneratedRegex("[0-9]{13}", RegexOptions.None, 1000)]
    private static partial Regex Times();
}
