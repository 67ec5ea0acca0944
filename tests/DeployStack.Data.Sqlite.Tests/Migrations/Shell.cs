using System.Diagnostics;

namespace DeployStack.Data.Sqlite.Tests.Migrations;

/// <summary>The sqlite3 shell of this machine.</summary>
internal static class Shell
{
    /// <summary>Its path, or <see langword="null"/> where there is none.</summary>
    public static string? Path { get; } = (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(System.IO.Path.PathSeparator)
        .SelectMany(static folder => new[] { System.IO.Path.Combine(folder, "sqlite3"), System.IO.Path.Combine(folder, "sqlite3.exe") })
        .FirstOrDefault(File.Exists);

    /// <summary>Runs <c>sqlite3 database &lt; script</c> in the folder of the database.</summary>
    /// <returns>Its exit code and what it printed.</returns>
    public static async Task<(int ExitCode, string Output)> RunAsync(string database, string script)
    {
        var start = new ProcessStartInfo(Path!)
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
        using var shell = Process.Start(start)!;
        var output = shell.StandardOutput.ReadToEndAsync();
        var errors = shell.StandardError.ReadToEndAsync();
        try
        {
            await shell.StandardInput.WriteAsync(script);
            shell.StandardInput.Close();
        }
        catch (IOException)
        {
            // it has ended at an error before it read everything
        }

        await shell.WaitForExitAsync();
        return (shell.ExitCode, await output + await errors);
    }
}
