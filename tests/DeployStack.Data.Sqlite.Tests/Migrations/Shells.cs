using System.Diagnostics;

namespace DeployStack.Data.Sqlite.Tests.Migrations;

/// <summary>What a script for the sqlite3 shell is run by: everywhere a stand-in, and the real shell where the machine has
/// one.</summary>
internal static class Shells
{
    private const string StandIn = "stand-in";
    private const string Real = "sqlite3";

    private static readonly string? _path = (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(System.IO.Path.PathSeparator)
        .SelectMany(static folder => new[] { System.IO.Path.Combine(folder, "sqlite3"), System.IO.Path.Combine(folder, "sqlite3.exe") })
        .FirstOrDefault(File.Exists);

    public static TheoryData<string> All => _path is null ? [StandIn] : [StandIn, Real];

    /// <summary>Runs <c>sqlite3 database &lt; script</c> in the folder of the database.</summary>
    /// <returns>Its exit code and what it printed.</returns>
    public static async Task<(int ExitCode, string Output)> RunAsync(string shell, string database, string script)
        => shell is StandIn ? StandInShell.Run(database, script) : await RunAsync(database, script);

    private static async Task<(int ExitCode, string Output)> RunAsync(string database, string script)
    {
        var start = new ProcessStartInfo(_path!)
        {
            WorkingDirectory = System.IO.Path.GetDirectoryName(database)!,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.ArgumentList.Add("-init");
        start.ArgumentList.Add(OperatingSystem.IsWindows() ? "NUL" : "/dev/null");
        start.ArgumentList.Add(database);
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        try
        {
            await process.StandardInput.WriteAsync(script);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // it has ended at an error before it read everything
        }

        await process.WaitForExitAsync();
        return (process.ExitCode, await output + await errors);
    }
}
