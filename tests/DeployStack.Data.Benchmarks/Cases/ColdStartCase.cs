using System.Diagnostics;
using System.Globalization;
using DeployStack.Data.Benchmarks.Harness;
using DeployStack.Data.Benchmarks.Peers;
using SQLitePCL;

namespace DeployStack.Data.Benchmarks.Cases;

/// <summary>The first operation of a process that has not used a database yet.</summary>
internal sealed class ColdStartCase : Case
{
    private const string Ours = "DeployStack.Data";
    private const string Dapper = "Dapper";

    public override string Name => "cold";

    public override string Title => "First operation of a cold process";

    public override string About => "Each turn starts this program as a child process that times, from the first line of Main on, one point read: for DeployStack.Data from building the container, for the others from opening the connection. The start of the runtime is not counted.";

    public override string Reference => Dapper;

    public override IReadOnlyList<Goal> Goals =>
        [Goal.AtMost("first operation of a cold process: to Dapper's", Ours, Dapper, static sample => sample.Cost, 1)];

    public override IReadOnlyList<Variant> Open(Workspace workspace)
    {
        var path = workspace.NewDatabase("cold");
        Variant Child(string name, string what) => new(name, _ => new(Start(what, path)));
        return
        [
            Child(Dapper, "dapper"),
            Child(Ours, "ours"),
            Child("DeployStack.Data, container already built by the host", "ours-in-host"),
            Child("Microsoft.Data.Sqlite, hand-written", "naive"),
            Child("EF Core", "ef"),
            Child("bare loop", "bare"),
        ];
    }

    /// <summary>The child: does one operation and prints the nanoseconds.</summary>
    public static void RunChild(string what, string path)
    {
        if (what == "ours-in-host")
        {
            OurDatabase.WarmContainer();
        }

        var start = Stopwatch.GetTimestamp();
        var value = what switch
        {
            "bare" => Bare(path),
            "naive" => new NaivePeer(new(path, isFull: false)).Find(SampleData.HotKeys[0]).Value,
            "dapper" => new DapperPeer(new(path, isFull: false)).Find(SampleData.HotKeys[0]).Value,
            "ef" => new EfPeer(new(path, isFull: false)).Find(SampleData.HotKeys[0]).Value,
            _ => OurRead(path),
        };
        var elapsed = Stopwatch.GetElapsedTime(start).TotalNanoseconds;
        GC.KeepAlive(value);
        Console.WriteLine(elapsed.ToString("R", CultureInfo.InvariantCulture));
    }

    private static string Bare(string path)
    {
        Batteries_V2.Init();
        using var loop = new BareLoop(path, isFull: false);
        return loop.Find(SampleData.HotKeys[0]).Value;
    }

    // The result is taken before the database is closed; closing it is not part of the first operation.
    private static string OurRead(string path)
        => new OurDatabase(path, isFull: false).Database.QuerySingleAsync<SettingRow>(SampleData.Find, new { key = SampleData.HotKeys[0] }).GetAwaiter().GetResult().Value;

    // Where the assembly was given to the dotnet command, that command is the process.
    private static string[] Program() => Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? [typeof(ColdStartCase).Assembly.Location] : [];

    private static double Start(string what, string path)
    {
        using var process = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, [.. Program(), "--child", what, path]) { UseShellExecute = false, RedirectStandardOutput = true })!;
        var line = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? double.Parse(line, CultureInfo.InvariantCulture) : throw new InvalidOperationException($"The child '{what}' failed with {process.ExitCode}.");
    }
}
