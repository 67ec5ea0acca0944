using Microsoft.Data.Sqlite;

namespace DeployStack.Data.Benchmarks.Harness;

/// <summary>The folder of one case on a real disk, and what has to be closed after it.</summary>
internal sealed class Workspace : IDisposable
{
    private readonly string _templates;
    private readonly string _folder;
    private readonly Stack<IDisposable> _owned = new();

    public Workspace(BenchmarkOptions options, string templates)
    {
        _templates = templates;
        IsQuick = options.IsQuick;
        _folder = Directory.CreateDirectory(Path.Combine(Root, Path.GetRandomFileName())).FullName;
    }

    /// <summary>Where all files of the benchmarks stand: the folder for temporary files (<c>TMPDIR</c> moves it).</summary>
    public static string Root { get; } = Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), "deploystack-data-benchmarks")).FullName;

    public bool IsQuick { get; }

    /// <summary>The file system of <see cref="Root"/>.</summary>
    public static string FileSystem => new DriveInfo(Root).DriveFormat;

    /// <summary>A path in the folder of the case.</summary>
    public string PathOf(string name) => Path.Combine(_folder, name);

    /// <summary>A database of its own, filled with the rows that every variant gets.</summary>
    /// <param name="name">The file name without its ending.</param>
    /// <param name="large">100,000 rows instead of 10,000.</param>
    public string NewDatabase(string name, bool large = false)
    {
        var path = PathOf(name + ".db");
        File.Copy(Path.Combine(_templates, large ? "large.db" : "small.db"), path);
        return path;
    }

    /// <summary>Disposes it after the last round, the newest first.</summary>
    public T Own<T>(T resource)
        where T : IDisposable
    {
        _owned.Push(resource);
        return resource;
    }

    public void Dispose()
    {
        while (_owned.TryPop(out var resource))
        {
            resource.Dispose();
        }

        SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }
}
