using System.Globalization;
using System.Reflection;
using System.Runtime;
using System.Runtime.InteropServices;

namespace DeployStack.Data.Benchmarks.Harness;

/// <summary>What the figures were measured on.</summary>
internal static class Machine
{
    public static string Describe(string node)
    {
        List<(string Name, string Value)> lines =
        [
            ("Processor", $"{Processor()}, {Environment.ProcessorCount} cores for this process"),
            ("Memory", $"{Text.Number(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (double)(1L << 30))} GiB"),
            ("System", $"{RuntimeInformation.OSDescription}, file system {Workspace.FileSystem}"),
            (".NET", $"{Environment.Version}, {RuntimeInformation.ProcessArchitecture}, {(GCSettings.IsServerGC ? "server" : "workstation")} collector"),
            ("SQLite", SQLitePCL.raw.sqlite3_libversion().utf8_to_string()),
            ("DeployStack.Data", VersionOf(typeof(IDeployStackDatabase))),
            ("Microsoft.Data.Sqlite", VersionOf(typeof(Microsoft.Data.Sqlite.SqliteConnection))),
            ("Dapper", VersionOf(typeof(Dapper.SqlMapper))),
            ("EF Core", VersionOf(typeof(Microsoft.EntityFrameworkCore.DbContext))),
            ("Node", node.Length > 0 ? node : "not measured"),
            ("Measured", DateTime.UtcNow.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
        ];
        return "| | |\n|---|---|\n" + string.Join('\n', lines.Select(static line => $"| {line.Name} | {line.Value} |"));
    }

    private static string Processor()
    {
        const string Info = "/proc/cpuinfo";
        var line = File.Exists(Info) ? File.ReadLines(Info).FirstOrDefault(static line => line.StartsWith("model name", StringComparison.Ordinal)) : null;
        return line?.Split(':', 2)[1].Trim() ?? Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER") ?? "unknown";
    }

    private static string VersionOf(Type type)
        => (type.Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "?").Split('+')[0];
}
