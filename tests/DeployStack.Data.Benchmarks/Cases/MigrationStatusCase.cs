using DeployStack.Data.Benchmarks.Harness;
using DeployStack.Data.Benchmarks.Peers;
using DeployStack.Data.Migrations;

namespace DeployStack.Data.Benchmarks.Cases;

/// <summary>What a start of the application costs whose migrations are all applied.</summary>
internal sealed class MigrationStatusCase : Case
{
    private const string Files = "DeployStack.Data, a new runner: reads 1,000 files and the history";
    private const string Fresh = "DeployStack.Data, a new runner over scripts in memory: checksums, and the history";
    private const string Again = "DeployStack.Data, the same runner: the history";
    private const string Bare = "bare: reads 1,000 files and the history";
    private const double Limit = 20e6;

    public override string Name => "migrations-status";

    public override string Title => "Status of 1,000 applied migrations, nothing pending";

    public override string About => "An operation is one ApplyAsync that finds nothing to do. The files stand in the page cache of the system.";

    public override string Reference => Bare;

    public override IReadOnlyList<Goal> Goals =>
    [
        Goal.AtMost("status of 1,000 migrations, asked for the first time", Fresh, static sample => sample.Cost, Limit, Text.Time),
        Goal.AtMost("status of 1,000 migrations, asked again", Again, static sample => sample.Cost, Limit, Text.Time),
        Goal.AtMost("status of 1,000 migrations, asked for the first time: to reading files and history", Files, Bare, static sample => sample.Cost, 2),
    ];

    public override IReadOnlyList<Variant> Open(Workspace workspace)
    {
        var folder = Directory.CreateDirectory(workspace.PathOf("scripts")).FullName;
        foreach (var (name, sql) in MigrationsCase.Scripts(workspace.IsQuick ? 100 : 1000))
        {
            File.WriteAllText(Path.Combine(folder, name), sql);
        }

        var path = workspace.PathOf("status.db");
        var ours = workspace.Own(new OurDatabase(path, isFull: false));
        var files = MigrationSource.FromFolder(folder);
        var scripts = MigrationSource.FromScripts(Directory.EnumerateFiles(folder).ToDictionary(static file => Path.GetFileName(file), File.ReadAllText));
        var runner = NewRunner(ours, files);
        runner.ApplyAsync().GetAwaiter().GetResult();
        var bare = workspace.Own(new BareLoop(path, isFull: false));
        return
        [
            new(Bare, Repeated.Of(passes => Repeat(passes, () =>
            {
                foreach (var file in Directory.EnumerateFiles(folder))
                {
                    File.ReadAllBytes(file);
                }

                bare.Execute("SELECT identity, name, checksum, applied_at FROM deploystack_migrations");
            }))),
            new(Files, Repeated.Of(passes => Repeat(passes, () => NewRunner(ours, files).ApplyAsync().GetAwaiter().GetResult()))),
            new(Fresh, Repeated.Of(passes => Repeat(passes, () => NewRunner(ours, scripts).ApplyAsync().GetAwaiter().GetResult()))),
            new(Again, Repeated.Of(passes => Repeat(passes, () => runner.ApplyAsync().GetAwaiter().GetResult()))),
        ];
    }

    private static IMigrationRunner NewRunner(OurDatabase ours, MigrationSource source)
        => MigrationRunnerFactory.Create(ours.Database, new MigrationOptions { Sources = { source } });

    private static void Repeat(int passes, Action ask)
    {
        for (var i = 0; i < passes; i++)
        {
            ask();
        }
    }
}
