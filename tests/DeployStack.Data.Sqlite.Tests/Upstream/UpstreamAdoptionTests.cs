using System.Security.Cryptography;
using System.Text;
using DeployStack.Data.Migrations;
using DeployStack.Data.Sqlite.Tests.Migrations;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace DeployStack.Data.Sqlite.Tests.Upstream;

/// <summary>Databases as DeployStack's runners left them are taken over; nothing runs twice.</summary>
public sealed class UpstreamAdoptionTests : IAsyncLifetime
{
    private const string OwnLayout = "CREATE TABLE IF NOT EXISTS __drizzle_migrations (id INTEGER PRIMARY KEY AUTOINCREMENT, migration_name TEXT NOT NULL UNIQUE, applied_at INTEGER NOT NULL DEFAULT (strftime('%s','now')))";
    private const string NativeLayout = "CREATE TABLE IF NOT EXISTS \"__drizzle_migrations\" (id SERIAL PRIMARY KEY, hash text NOT NULL, created_at numeric)";

    // two files of one number, as in the real folder; the third would destroy the sessions if it ran again
    private static readonly (string Name, string Sql)[] _chain =
    [
        ("0000_careless_morgan_stark.sql", "CREATE TABLE `authUser` (`id` text PRIMARY KEY NOT NULL, `name` text NOT NULL);\n--> statement-breakpoint\nCREATE TABLE `authSession` (`id` text PRIMARY KEY NOT NULL, `user_id` text NOT NULL REFERENCES `authUser`(`id`) ON DELETE cascade);\n"),
        ("0000_create_example_plugin_table.sql", "CREATE TABLE \"example-plugin_example_entities\" (id TEXT PRIMARY KEY);\n"),
        ("0001_silly_makkari.sql", "PRAGMA foreign_keys=OFF;--> statement-breakpoint\nCREATE TABLE `__new_authUser` (`id` text PRIMARY KEY NOT NULL, `name` text NOT NULL, `role` text DEFAULT 'user');--> statement-breakpoint\nINSERT INTO `__new_authUser`(`id`, `name`) SELECT `id`, `name` FROM `authUser`;--> statement-breakpoint\nDROP TABLE `authUser`;--> statement-breakpoint\nALTER TABLE `__new_authUser` RENAME TO `authUser`;--> statement-breakpoint\nPRAGMA foreign_keys=ON;\n"),
    ];

    private static readonly (string Name, string Sql) _next = ("0002_teams.sql", "CREATE TABLE `teams` (`id` text PRIMARY KEY NOT NULL);\n");

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("deploystack-upstream-");
    private readonly List<ServiceProvider> _services = [];

    private string FileName => Path.Combine(_folder.FullName, "deploystack.db");

    private string Scripts => Directory.CreateDirectory(Path.Combine(_folder.FullName, "migrations_sqlite")).FullName;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        foreach (var services in _services)
        {
            await services.DisposeAsync();
        }

        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task A_file_of_the_own_layout_is_taken_over_and_goes_on()
    {
        Make(OwnLayout, _chain.Select((file, i) => ($"INSERT INTO __drizzle_migrations (migration_name, applied_at) VALUES ('{file.Name}', {1_757_930_400L + i})", file.Sql)));
        Write([.. _chain, _next]);
        var (database, runner) = Open();
        var status = await runner.GetStatusAsync();
        Assert.Equal(["0000_careless_morgan_stark", "0000_create_example_plugin_table", "0001_silly_makkari"], status.Applied.Select(each => each.Identity));
        Assert.All(status.Applied, each => Assert.Equal(MigrationHistoryKind.Adopted, each.Kind));
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1_757_930_402), status.Applied[2].AppliedAt);
        Assert.False(await HasTableAsync(database, "deploystack_migrations"));

        Assert.Equal(["0002_teams"], (await runner.ApplyAsync()).Applied.Select(each => each.Identity));
        Assert.Equal(1, await database.ExecuteScalarAsync<long>("SELECT count(*) FROM authSession"));
        Assert.Equal(3, await database.ExecuteScalarAsync<long>("SELECT count(*) FROM __drizzle_migrations")); // as it was
        Assert.Empty((await Open().Runner.ApplyAsync()).Applied);
    }

    [Theory]
    [InlineData("\n", "\n")]
    [InlineData("\r\n", "\n")]
    [InlineData("\n", "\r\n")]
    [InlineData("\r\n", "\r\n")]
    public async Task A_file_of_the_native_layout_is_taken_over_whatever_the_line_ends(string theirs, string ours)
    {
        Make(NativeLayout, _chain.Select((file, i) => ($"INSERT INTO __drizzle_migrations (\"hash\", \"created_at\") VALUES ('{Hash(WithEnds(file.Sql, theirs))}', {1_757_930_400_123 + i})", file.Sql)));
        Write([.. _chain.Select(file => (file.Name, WithEnds(file.Sql, ours))), _next]);
        var (database, runner) = Open();
        Assert.Equal(["0002_teams"], (await runner.ApplyAsync()).Applied.Select(each => each.Identity));
        Assert.Equal(DateTimeOffset.FromUnixTimeMilliseconds(1_757_930_400_123), (await runner.GetStatusAsync()).Applied[0].AppliedAt);
        Assert.Equal(1, await database.ExecuteScalarAsync<long>("SELECT count(*) FROM authSession"));
    }

    [Theory]
    [InlineData(OwnLayout, "INSERT INTO __drizzle_migrations (migration_name) VALUES ('0000_careless_morgan_stark.sql'), ('0000_brave_maddog.sql')", "0000_brave_maddog.sql")]
    [InlineData(NativeLayout, "INSERT INTO __drizzle_migrations (hash, created_at) VALUES ('0badc0de', 1)", "0badc0de")]
    [InlineData("CREATE TABLE __drizzle_migrations (id INTEGER, what TEXT)", "SELECT 1", "id, what")]
    public async Task A_database_of_another_chain_or_layout_is_refused_and_nothing_is_written(string layout, string rows, string named)
    {
        Make(layout, [(rows, "CREATE TABLE authUser (id text)")]);
        Write(_chain);
        var (database, runner) = Open();
        var error = await Assert.ThrowsAsync<MigrationException>(() => runner.ApplyAsync());
        Assert.Contains(named, error.Message, StringComparison.Ordinal);
        Assert.False(await HasTableAsync(database, "deploystack_migrations"));
        Assert.False(await HasTableAsync(database, "authSession"));
    }

    [Theory]
    [InlineData(OwnLayout, "migration_name")]
    [InlineData(NativeLayout, "hash")]
    public async Task A_database_that_was_taken_over_or_will_be_is_valid(string layout, string column)
    {
        Make(layout, _chain.Select(file => ($"INSERT INTO __drizzle_migrations ({column}) VALUES ('{(layout == OwnLayout ? file.Name : Hash(file.Sql))}')", file.Sql)));
        Write(_chain);
        Assert.Empty((await Open().Runner.ValidateAsync()).Findings);
        var (_, runner) = Open();
        await runner.ApplyAsync();
        Assert.Empty((await runner.ValidateAsync()).Findings);
        Execute("CREATE TABLE by_hand (x)");
        Assert.Contains("by_hand", Assert.Single((await runner.ValidateAsync()).Findings), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Shells.All), MemberType = typeof(Shells))]
    public async Task The_script_for_the_shell_refuses_what_is_not_taken_over_yet(string shell)
    {
        Make(OwnLayout, _chain.Select(file => ($"INSERT INTO __drizzle_migrations (migration_name) VALUES ('{file.Name}')", file.Sql)));
        Write(_chain);
        var runner = Open().Runner;
        var script = await runner.ScriptAsync();
        var (code, output) = await Shells.RunAsync(shell, FileName, script);
        Assert.NotEqual(0, code);
        Assert.Contains("__drizzle_migrations is the history of another tool", output, StringComparison.Ordinal);

        await runner.ApplyAsync();
        Assert.Equal((0, string.Empty), await Shells.RunAsync(shell, FileName, script));
    }

    [Fact]
    public async Task A_new_database_gets_the_whole_chain()
    {
        Write([.. _chain, _next]);
        var (database, runner) = Open();
        Assert.Equal(4, (await runner.ApplyAsync()).Applied.Count);
        Assert.Equal("'user'", await database.ExecuteScalarAsync<string>("SELECT dflt_value FROM pragma_table_info('authUser') WHERE name = 'role'"));
        Assert.True(await HasTableAsync(database, "example-plugin_example_entities"));
    }

    [Fact]
    public async Task What_the_other_tool_applies_after_the_take_over_is_taken_over_as_well()
    {
        Make(OwnLayout, _chain.Select(file => ($"INSERT INTO __drizzle_migrations (migration_name) VALUES ('{file.Name}')", file.Sql)));
        Write(_chain);
        await Open().Runner.ApplyAsync();
        Execute(_next.Sql, $"INSERT INTO __drizzle_migrations (migration_name) VALUES ('{_next.Name}')");
        Assert.Empty((await Open().Runner.ApplyAsync()).Applied); // it does not know the file

        Write([.. _chain, _next]);
        var (_, runner) = Open();
        Assert.Empty((await runner.ApplyAsync()).Applied);
        Assert.Equal(MigrationHistoryKind.Adopted, (await runner.GetStatusAsync()).Applied[^1].Kind);
    }

    private static string WithEnds(string text, string ends) => text.Replace("\n", ends, StringComparison.Ordinal);

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static async Task<bool> HasTableAsync(IDeployStackDatabase database, string table)
        => await database.ExecuteScalarAsync<long>("SELECT count(*) FROM sqlite_schema WHERE name = @table", new { table }) == 1;

    // as the runner there works: statement by statement, no transaction
    private void Make(string layout, IEnumerable<(string Row, string Sql)> applied)
    {
        Execute(layout);
        foreach (var (row, sql) in applied)
        {
            Execute(sql, row);
        }

        if (_chain.Length == applied.Count())
        {
            Execute("INSERT INTO authUser (id, name) VALUES ('u', 'first'); INSERT INTO authSession VALUES ('s', 'u');");
        }
    }

    private void Execute(params string[] statements)
    {
        using var connection = new SqliteConnection($"Data Source={FileName};Pooling=False");
        connection.Open();
        foreach (var sql in statements)
        {
            using var command = connection.CreateCommand();
            command.CommandText = sql;
            command.ExecuteNonQuery();
        }
    }

    private void Write((string Name, string Sql)[] files)
    {
        foreach (var (name, sql) in files)
        {
            File.WriteAllText(Path.Combine(Scripts, name), sql);
        }
    }

    private (IDeployStackDatabase Database, IMigrationRunner Runner) Open()
    {
        var collection = new ServiceCollection();
        collection.AddDeployStackSqlite(options => options.Path = FileName)
            .AddMigrations(options => options.Sources.Add(MigrationSource.FromFolder(Scripts, MigrationNaming.FileName)))
            .AddUpstreamAdoption();
        var services = collection.BuildServiceProvider();
        _services.Add(services);
        return (services.GetRequiredService<IDeployStackDatabase>(), services.GetRequiredService<IMigrationRunner>());
    }
}
