namespace DeployStack.Data.Sqlite.Files;

/// <summary>What stands at a path.</summary>
internal enum EntryKind
{
    /// <summary>Nothing, or a symbolic link to nothing.</summary>
    Missing = 0,

    /// <summary>A regular file.</summary>
    File,

    /// <summary>A directory.</summary>
    Directory,

    /// <summary>A FIFO, socket or device: opening it may hang, and it holds no database.</summary>
    Special,
}
