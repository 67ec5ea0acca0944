using DeployStack.Data.Reliability.Support;

namespace DeployStack.Data.Reliability.Migrations;

/// <summary>Child processes that migrate whatever database they are told, all at the same time.</summary>
internal sealed class MigratingProcesses : IAsyncDisposable
{
    private readonly List<HostProcess> _processes;

    private MigratingProcesses(List<HostProcess> processes) => _processes = processes;

    public static async Task<MigratingProcesses> StartAsync(int count, params string[] rest)
    {
        List<HostProcess> processes = [.. Enumerable.Range(0, count).Select(_ => HostProcess.Start(["migrate", .. rest]))];
        foreach (var process in processes)
        {
            await process.ExpectAsync("ready");
        }

        return new(processes);
    }

    /// <summary>Lets every process start on a database; returns what they said.</summary>
    public async Task<List<string>> StartAsync(string path)
    {
        foreach (var process in _processes)
        {
            await process.GoOnAsync(path);
        }

        List<string> lines = [];
        foreach (var process in _processes)
        {
            while (await process.ReadLineAsync() is var line && line != "done")
            {
                lines.Add(line ?? throw new InvalidOperationException("A migrating process ended by itself."));
            }
        }

        return lines;
    }

    public ValueTask DisposeAsync()
    {
        _processes.ForEach(static process => process.Dispose());
        return ValueTask.CompletedTask;
    }
}
