namespace DeployStack.Data.Sqlite;

/// <summary>A set of settings for one use; each of them can be overridden by its own option.</summary>
public enum SqliteProfile
{
    /// <summary>The default: WAL, <c>synchronous=NORMAL</c>, 256 MiB of memory-mapped reads. A power cut may take the last
    /// moments of acknowledged commits, never the consistency. Memory-mapped reads end the process (SIGBUS) if another
    /// program truncates the file.</summary>
    Production = 0,

    /// <summary>WAL, <c>synchronous=NORMAL</c>, no memory-mapped reads, small caches.</summary>
    Development,

    /// <summary>Nothing acknowledged is lost in a power cut: WAL, <c>synchronous=FULL</c>, no memory-mapped reads,
    /// <c>secure_delete</c> and <c>cell_size_check</c> on.</summary>
    Durable,

    /// <summary>For tests: WAL, <c>synchronous=NORMAL</c>, no memory-mapped reads, small caches, no optimize at close.</summary>
    Testing,
}
