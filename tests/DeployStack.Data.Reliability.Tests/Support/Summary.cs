using System.Diagnostics;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace DeployStack.Data.Reliability.Support;

/// <summary>The figures of the scenarios, as one JSON file in the artifacts folder: what is claimed elsewhere is read here.</summary>
internal static class Summary
{
    private static readonly Lock _gate = new();
    private static readonly JsonSerializerOptions _indented = new() { WriteIndented = true };
    private static readonly JsonObject _scenarios = [];

    static Summary() => Console.WriteLine(FormattableString.Invariant($"reliability: RELIABILITY_SCALE={Scale.Factor} RELIABILITY_SEED={Scale.Seed}"));

    /// <summary>The file that is written.</summary>
    public static string File { get; } = Path.Combine(Artifacts(), "reliability-summary.json");

    /// <summary>Starts to measure a scenario; disposing the figures writes them.</summary>
    public static Figures Of(string scenario) => new(scenario);

    private static void Write(string scenario, JsonObject figures)
    {
        lock (_gate)
        {
            _scenarios[scenario] = figures;
            var all = new JsonObject
            {
                ["scale"] = Scale.Factor,
                ["seed"] = Scale.Seed,
                ["processors"] = Environment.ProcessorCount,
                ["scenarios"] = _scenarios.DeepClone(),
            };
            System.IO.File.WriteAllText(File, all.ToJsonString(_indented));
        }
    }

    // artifacts/bin/<project>/<configuration>/ is where the tests run; without that layout the file stands beside them.
    private static string Artifacts()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && folder.Name != "artifacts")
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? Path.GetDirectoryName(Assembly.GetExecutingAssembly().Location)!;
    }

    /// <summary>The figures of one scenario.</summary>
    internal sealed class Figures(string scenario) : IDisposable
    {
        private readonly long _started = Stopwatch.GetTimestamp();
        private readonly JsonObject _values = [];

        public double this[string name]
        {
            set => _values[name] = Math.Round(value, 3);
        }

        public void Dispose()
        {
            this["seconds"] = Stopwatch.GetElapsedTime(_started).TotalSeconds;
            Write(scenario, _values);
        }
    }
}
