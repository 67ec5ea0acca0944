namespace DeployStack.Data.Sqlite.Files;

/// <summary>What a file system means for a database: some break its locks, some forget it.</summary>
internal enum FileSystemVerdict
{
    /// <summary>A local disk.</summary>
    Local = 0,

    /// <summary>Locks and shared memory do not reach the other machines: WAL does not work there.</summary>
    Network,

    /// <summary>A file system in user space: its maker decides whether locks work.</summary>
    UserSpace,

    /// <summary>Memory, or the layer of a container: the data goes with it.</summary>
    Volatile,
}
