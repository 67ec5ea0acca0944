namespace DeployStack.Data.Testing;

/// <summary>What may differ between two databases of one template: where it lives, its clock, what becomes of it.</summary>
public class TestDatabaseCopyOptions
{
    internal TestDatabaseCopyOptions()
    {
    }

    /// <summary>When the clock of the test begins. Default <see langword="null"/>: where the clock of the template ended, and
    /// for the template 2000-01-01 00:00 UTC. Ignored with <see cref="UseSystemTime"/>.</summary>
    public DateTimeOffset? StartTime { get; set; }

    /// <summary>Gives the container the clock of the system instead of <see cref="TestDatabase.Time"/>. Default
    /// <see langword="false"/>.</summary>
    public bool UseSystemTime { get; set; }

    /// <summary>Keeps the database as a file if the test was marked as failed: by an assertion of this kit, by
    /// <see cref="TestDatabaseTemplate.RunAsync"/>, or by <see cref="TestDatabase.MarkFailed"/>. One in memory is written to
    /// a file then, in the folder that <see cref="OnFile"/> was given. Default <see langword="false"/>.</summary>
    public bool KeepFileOnFailure { get; set; }

    /// <summary>Told the path of a database that was kept, after it was closed. Default: a line on standard error.</summary>
    public Action<string> OnKept { get; set; } = static path => Console.Error.WriteLine($"The test database is kept: {path}");

    internal bool IsOnFile { get; private set; }

    internal string? Folder { get; private set; }

    /// <summary>Puts the database in memory, which is the default: one connection, on which reads and writes take turns.</summary>
    public void InMemory() => IsOnFile = false;

    /// <summary>Puts the database on a file in a folder of its own, for what memory does not have: readers beside the writer,
    /// connections for EF Core and Dapper, a second process. The folder is deleted at disposal.</summary>
    /// <param name="folder">Where the folder is made; it must exist. Default: the folder of the system for temporary files.</param>
    public void OnFile(string? folder = null)
    {
        IsOnFile = true;
        Folder = folder;
    }

    internal TestDatabaseCopyOptions Copy() => (TestDatabaseCopyOptions)MemberwiseClone();
}
