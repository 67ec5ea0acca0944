using DeployStack.Data.Benchmarks.Harness;
using DeployStack.Data.Migrations;
using DeployStack.Data.Sqlite;
using DeployStack.Data.Testing;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace DeployStack.Data.Benchmarks.Cases;

/// <summary>A fresh database with the schema of the Quickstart for each test.</summary>
internal sealed class TestDatabaseCase : Case
{
    private const string Memory = "copied from the template, in memory";
    private const string File = "copied from the template, on a file";
    private const string Parallel = "copied from the template, in memory, by 8 callers at once";
    private const string Migrated = "in memory, migrated anew";
    private const string Bare = "bare SqliteConnection in memory, the scripts executed";
    private const string Read = "SELECT count(*) FROM roles";
    private const int Callers = 8;

    private static readonly TestDatabaseTemplate _template = TestDatabase.Template(static options => options.Configure(static builder => builder.AddMigrations(typeof(TestDatabaseCase).Assembly)));

    public override string Name => "test-database";

    public override string Title => "A fresh migrated database for a test";

    public override string About => "An operation makes a database with the schema of the Quickstart, reads one number from it and disposes it. The template is built before; with 8 callers at once the latency is that of one of them.";

    public override string Reference => Memory;

    public override IReadOnlyList<Goal> Goals =>
    [
        Goal.AtMost("a fresh migrated test database", Memory, static sample => sample.Cost, 2e6, Text.Time),
        Goal.AtMost("8 test classes at once: lock errors", Parallel, static sample => sample.LockErrors, 0, Text.Number),
    ];

    public override IReadOnlyList<Variant> Open(Workspace workspace)
    {
        var folder = Directory.CreateDirectory(workspace.PathOf("files")).FullName;
        var scripts = Scripts();
        return
        [
            new(Memory, Each(static () => UseAsync(null))),
            new(File, Each(() => UseAsync(options => options.OnFile(folder)))),
            new(Parallel, static turn => Harness.Callers.OnTasks(Callers, turn, static _ => static () => UseAsync(null))),
            new(Migrated, Each(MigrateAsync)),
            new(Bare, Repeated.Of(passes =>
            {
                for (var i = 0; i < passes; i++)
                {
                    Execute(scripts);
                }
            })),
        ];
    }

    private static async Task UseAsync(Action<TestDatabaseCopyOptions>? configure)
    {
        await using var db = await _template.CreateAsync(configure);
        await db.ExecuteScalarAsync<long>(Read);
    }

    private static async Task MigrateAsync()
    {
        var services = new ServiceCollection();
        services.AddDeployStackSqlite(static options =>
        {
            options.Path = ":memory:";
            options.Profile = SqliteProfile.Testing;
        }).AddMigrations(typeof(TestDatabaseCase).Assembly);
        await using var provider = services.BuildServiceProvider();
        await provider.GetRequiredService<IMigrationRunner>().ApplyAsync();
        await provider.GetRequiredService<IDeployStackDatabase>().ExecuteScalarAsync<long>(Read);
    }

    private static void Execute(string scripts)
    {
        using var connection = new SqliteConnection("Data Source=:memory:;Pooling=false");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = scripts;
        command.ExecuteNonQuery();
        command.CommandText = Read;
        command.ExecuteScalar();
    }

    // without the script whose directive a bare connection does not know
    private static string Scripts()
    {
        var assembly = typeof(TestDatabaseCase).Assembly;
        return string.Join('\n', assembly.GetManifestResourceNames().Where(static name => name.EndsWith(".sql", StringComparison.Ordinal)).Order(StringComparer.Ordinal).Select(name =>
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            return reader.ReadToEnd();
        }).Where(static script => !script.Contains("deploystack: rebuild", StringComparison.Ordinal)));
    }

    private static Func<TimeSpan, Sample> Each(Func<Task> use) => Repeated.Of(async passes =>
    {
        for (var i = 0; i < passes; i++)
        {
            await use();
        }
    });
}
