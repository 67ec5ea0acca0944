using DeployStack.Data.Benchmarks.Cases;
using DeployStack.Data.Benchmarks.Harness;
using DeployStack.Data.Benchmarks.Peers;

var options = BenchmarkOptions.Parse(args);
if (options.Child is [var what, var path])
{
    ColdStartCase.RunChild(what, path);
    return 0;
}

if (options.Unknown is { } unknown)
{
    Console.Error.WriteLine($"'{unknown}' is not understood.\n{BenchmarkOptions.Usage}");
    return 2;
}

var cases = AllCases.List.Where(options.Includes).ToList();
if (options.ListsOnly || cases.Count == 0)
{
    Console.WriteLine(string.Join('\n', AllCases.List.Select(static each => $"{each.Name,-18} {each.Title}")));
    return options.ListsOnly ? 0 : 2;
}

if (Workspace.FileSystem is "tmpfs" or "ramfs")
{
    Console.Error.WriteLine("The folder for temporary files is in memory, where a sync costs nothing. Let TMPDIR name a folder on a disk.");
    return 2;
}

var templates = Directory.CreateDirectory(Path.Combine(Workspace.Root, Path.GetRandomFileName())).FullName;
try
{
    SampleData.CreateTemplates(templates);
    List<CaseRun> runs = [];
    foreach (var each in cases)
    {
        var run = Rounds.Run(each, options, templates);
        runs.Add(run);
        Console.WriteLine(Report.OfCase(run));
    }

    Console.WriteLine(Report.OfGoals(runs));
    if (options.WritesReport)
    {
        File.WriteAllText(Report.Path, Report.Of(runs, options, NodePeer.Shared.Version));
        Console.Error.WriteLine("docs/performance.md is written.");
    }

    return 0;
}
finally
{
    NodePeer.Stop();
    Directory.Delete(templates, recursive: true);
}
