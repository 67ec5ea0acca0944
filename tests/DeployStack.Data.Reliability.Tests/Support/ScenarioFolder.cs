namespace DeployStack.Data.Reliability.Support;

/// <summary>A fresh folder for one scenario. It is removed when the scenario passes and kept, with its name printed, when
/// it does not: call <see cref="Passed"/> last.</summary>
internal sealed class ScenarioFolder : IDisposable
{
    private const string Memory = "/dev/shm";

    private bool _passed;

    /// <param name="onDisk">Whether the scenario is about the real disk; otherwise memory is used where there is such a
    /// file system, because a sync there costs nothing.</param>
    public ScenarioFolder(bool onDisk = false)
    {
        var parent = !onDisk && Directory.Exists(Memory) ? Memory : System.IO.Path.GetTempPath();
        Path = System.IO.Path.Combine(parent, $"deploystack-reliability-{Guid.NewGuid():N}");
        Directory.CreateDirectory(Path);
    }

    public string Path { get; }

    /// <summary>The path of a database in the folder.</summary>
    public string Database(string name = "test.db") => System.IO.Path.Combine(Path, name);

    public void Passed() => _passed = true;

    public void Dispose()
    {
        if (_passed)
        {
            Directory.Delete(Path, recursive: true);
        }
        else
        {
            Console.Error.WriteLine($"The files of the failed scenario are kept in {Path} (seed {Scale.Seed}).");
        }
    }
}
