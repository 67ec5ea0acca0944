using System.Diagnostics;

namespace DeployStack.Data.Reliability.Support;

/// <summary>A child process in one of the roles of the host program.</summary>
internal sealed class HostProcess : IDisposable
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;

    private HostProcess(Process process) => _process = process;

    /// <summary>Starts a child.</summary>
    /// <param name="arguments">The role and what belongs to it.</param>
    public static HostProcess Start(params string[] arguments) => StartIn(new Dictionary<string, string>(), arguments);

    /// <summary>Starts a child with environment variables of its own.</summary>
    public static HostProcess StartIn(IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "DeployStack.Data.Reliability.Host.dll"));
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment["DOTNET_TieredPGO"] = "0"; // starts a little sooner
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return new(Process.Start(start)!);
    }

    /// <summary>Waits for a line.</summary>
    /// <exception cref="InvalidOperationException">The child said something else, or ended.</exception>
    public async Task ExpectAsync(string line)
    {
        var said = await ReadLineAsync();
        if (said != line)
        {
            throw new InvalidOperationException($"The child process said '{said}' where '{line}' was expected.");
        }
    }

    /// <summary>The next line; <see langword="null"/> when the child has ended.</summary>
    public async Task<string?> ReadLineAsync() => await _process.StandardOutput.ReadLineAsync().WaitAsync(_patience);

    /// <summary>All lines until the child ends. A line that a kill cut off is not among them.</summary>
    public async Task<List<string>> ReadToEndAsync()
    {
        var text = await _process.StandardOutput.ReadToEndAsync().WaitAsync(_patience);
        await _process.WaitForExitAsync().WaitAsync(_patience);
        return [.. text.Split('\n')[..^1]];
    }

    /// <summary>Gives the child the line that it waits for.</summary>
    public async Task GoOnAsync(string line = "") => await _process.StandardInput.WriteLineAsync(line);

    /// <summary>SIGKILL on Unix: the process gets no chance to tidy up.</summary>
    public void Kill() => _process.Kill();

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit();
        }

        _process.Dispose();
    }
}
