using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace DeployStack.Data.Sqlite.Tests.Quickstart;

/// <summary>One run of the built sample, with what it wrote.</summary>
internal sealed record QuickstartProcess(int ExitCode, string Output, string Errors)
{
    private static readonly TimeSpan _limit = TimeSpan.FromMinutes(2);

    public string All => $"exit code {ExitCode}\n{Output}\n{Errors}";

    public static async Task<QuickstartProcess> RunAsync(DirectoryInfo folder, string? path, params string[] arguments)
    {
        // artifacts/bin/<project>/<configuration>/
        var bin = new DirectoryInfo(AppContext.BaseDirectory);
        var sample = Path.Combine(bin.Parent!.Parent!.FullName, "Quickstart", bin.Name, "Quickstart.dll");
        var start = new ProcessStartInfo("dotnet", [sample, .. arguments])
        {
            WorkingDirectory = folder.FullName,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["SQLITE_DB_PATH"] = path;
        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        using var limit = new CancellationTokenSource(_limit);
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException exception) // the sample hangs
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"The sample took more than {_limit}. It wrote:\n{await output}\n{await errors}", exception);
        }

        return new(process.ExitCode, await output, await errors);
    }

    /// <summary>The number that begins a line's value.</summary>
    public long Number(string label)
    {
        var line = Regex.Match(Output, $@"^  {Regex.Escape(label)} +(?<number>[0-9,]+)\b", RegexOptions.Multiline | RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));
        Assert.True(line.Success, $"No line '{label}' in\n{All}");
        return long.Parse(line.Groups["number"].Value, NumberStyles.AllowThousands, CultureInfo.InvariantCulture);
    }
}
