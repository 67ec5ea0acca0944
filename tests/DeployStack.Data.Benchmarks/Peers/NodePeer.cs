using System.Diagnostics;
using System.Text.Json;
using DeployStack.Data.Benchmarks.Harness;

namespace DeployStack.Data.Benchmarks.Peers;

/// <summary>better-sqlite3 in a process of its own, which sleeps between its turns.</summary>
internal sealed class NodePeer : IDisposable
{
    public const string Name = "better-sqlite3";
    private const string Package = "better-sqlite3@12";

    private static readonly Lazy<NodePeer> _shared = new(Start);
    private readonly Process? _process;

    private NodePeer(Process? process, string? absent, string version)
    {
        _process = process;
        WhyAbsent = absent;
        Version = version;
    }

    /// <summary>Started, and where needed installed, at first use.</summary>
    public static NodePeer Shared => _shared.Value;

    public string? WhyAbsent { get; }

    /// <summary>The versions of Node, the package and its SQLite.</summary>
    public string Version { get; }

    public static void Stop()
    {
        if (_shared.IsValueCreated)
        {
            _shared.Value.Dispose();
        }
    }

    /// <summary>A variant that repeats one operation of the script on a database.</summary>
    /// <param name="workspace">Closes the database.</param>
    /// <param name="operation">Its name in the script.</param>
    /// <param name="path">The database.</param>
    /// <param name="isFull">Whether a commit waits for the disk.</param>
    /// <param name="name">The name of the variant.</param>
    /// <param name="settle">What is done after a turn; always with a checkpoint.</param>
    public static Variant Variant(Workspace workspace, string operation, string path, bool isFull, string name = Name, string settle = "checkpoint")
    {
        if (Shared.WhyAbsent is { } why)
        {
            return Harness.Variant.NotMeasured(name, why);
        }

        workspace.Own(new Closer(path, isFull));
        return new(name, turn => new(Shared.Ask(new { operation, path, isFull, milliseconds = turn.TotalMilliseconds }).GetProperty("nanoseconds").GetDouble()))
        {
            Settle = () => Shared.Ask(new { operation = settle, path, isFull }),
        };
    }

    public void Dispose()
    {
        if (_process is not null)
        {
            _process.StandardInput.Close(); // the script ends with its input
            _process.WaitForExit(TimeSpan.FromSeconds(5));
            _process.Dispose();
        }
    }

    private static NodePeer Start()
    {
        var folder = Directory.CreateDirectory(Path.Combine(Workspace.Root, "node")).FullName;
        if (Run(folder, "node", "--version") is not { ExitCode: 0 } node)
        {
            return new(null, "Node is not installed", "");
        }

        if (!Directory.Exists(Path.Combine(folder, "node_modules", Name)))
        {
            File.WriteAllText(Path.Combine(folder, "package.json"), """{ "private": true }""");
            Console.Error.WriteLine($"npm install {Package} (once)");
            if (Run(folder, "npm", "install", "--no-audit", "--no-fund", Package) is not { ExitCode: 0 })
            {
                return new(null, $"npm could not install {Package}", "");
            }
        }

        var script = Path.Combine(AppContext.BaseDirectory, "Node", "bench.mjs");
        var process = Process.Start(new ProcessStartInfo("node", [script, folder]) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true })!;
        var first = process.StandardOutput.ReadLine();
        return first is null
            ? new(null, $"{Name} does not load in Node {node.Output.Trim()}", "")
            : new(process, null, $"Node {node.Output.Trim()[1..]}, {Name} {first}");
    }

    private static (int ExitCode, string Output)? Run(string folder, string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { UseShellExecute = false, WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true })!;
            process.ErrorDataReceived += static (_, _) => { };
            process.BeginErrorReadLine();
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return (process.ExitCode, output);
        }
        catch (System.ComponentModel.Win32Exception) // the program is not there
        {
            return null;
        }
    }

    private sealed class Closer(string path, bool isFull) : IDisposable
    {
        public void Dispose() => Shared.Ask(new { operation = "close", path, isFull });
    }

    private JsonElement Ask(object question)
    {
        _process!.StandardInput.WriteLine(JsonSerializer.Serialize(question));
        _process.StandardInput.Flush();
        var answer = _process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("The Node process ended.");
        return JsonDocument.Parse(answer).RootElement;
    }
}
