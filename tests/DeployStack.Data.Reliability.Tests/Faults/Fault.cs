namespace DeployStack.Data.Reliability.Faults;

/// <summary>The calls of SQLite to the operating system that can be made to fail.</summary>
[Flags]
internal enum FileCalls
{
    None = 0,
    Read = 1,
    Write = 2,
    Truncate = 4,
    Sync = 8,
    Open = 16,
    Delete = 32,
    SharedMemory = 64,
}

/// <summary>The files of one database.</summary>
[Flags]
internal enum DatabaseFiles
{
    None = 0,
    Main = 1,
    Log = 2,
    Journal = 4,
    All = Main | Log | Journal,
}

/// <summary>The extended result codes that a VFS returns for a broken device.</summary>
internal static class FaultCodes
{
    public const int IoError = 10;
    public const int DiskFull = 13;
    public const int CannotOpen = 14;
    public const int Read = 266;
    public const int Write = 778;
    public const int Sync = 1034;
    public const int DirectorySync = 1290;
    public const int Truncate = 1546;
    public const int Delete = 2570;
    public const int SharedMemory = 5386;
}

/// <summary>One broken spot of the storage.</summary>
/// <param name="Calls">Which calls are counted and can fail.</param>
/// <param name="Code">What the failing call returns to SQLite.</param>
internal sealed record Fault(FileCalls Calls, int Code)
{
    /// <summary>On which files.</summary>
    public DatabaseFiles Files { get; init; } = DatabaseFiles.All;

    /// <summary>The call that fails, counted from 1 since the fault was armed; 0 counts only.</summary>
    public int At { get; init; } = 1;

    /// <summary>Whether every later call fails too.</summary>
    public bool Persistent { get; init; }

    /// <summary>Bytes that a failing write leaves on the disk all the same.</summary>
    public int FirstBytes { get; init; }

    /// <summary>Whether the failing call has its effect before it reports the failure, as an unlink whose directory
    /// could not be synced.</summary>
    public bool Takes { get; init; }
}
