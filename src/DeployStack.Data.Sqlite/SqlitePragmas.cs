namespace DeployStack.Data.Sqlite;

/// <summary>The pragmas that may be chosen; <see langword="null"/> takes the profile's value.</summary>
/// <remarks>Each is set once for a connection, in a fixed order, and read back; what SQLite made of it stands in
/// <see cref="ISqliteEngine.GetEffectiveSettingsAsync"/>. Set on every connection besides: <c>trusted_schema=OFF</c>,
/// defensive mode, no ATTACH, no extensions. https://www.sqlite.org/pragma.html</remarks>
public sealed class SqlitePragmas
{
    /// <summary><c>journal_mode</c>; WAL in every profile. Ignored in memory.</summary>
    public SqliteJournalMode? JournalMode { get; set; }

    /// <summary><c>synchronous</c>; NORMAL, in Durable FULL. A unit may ask for more or less by its durability.</summary>
    public SqliteSynchronous? Synchronous { get; set; }

    /// <summary><c>cache_size</c> of the writer in KiB, positive; 16,000, in Development and Testing 4,000.</summary>
    public int? WriterCacheKiB { get; set; }

    /// <summary><c>cache_size</c> of each reader in KiB, positive; 8,000, in Development and Testing 2,000.</summary>
    public int? ReaderCacheKiB { get; set; }

    /// <summary><c>mmap_size</c> in bytes; 268,435,456 in Production, else 0. Ignored in memory.</summary>
    public long? MmapSize { get; set; }

    /// <summary><c>temp_store</c>; MEMORY in every profile.</summary>
    public SqliteTempStore? TempStore { get; set; }

    /// <summary><c>foreign_keys</c>; on in every profile.</summary>
    public bool? ForeignKeys { get; set; }

    /// <summary><c>secure_delete</c>: deleted content is overwritten with zeros; on in Durable, else off.</summary>
    public bool? SecureDelete { get; set; }

    /// <summary><c>cell_size_check</c>: damaged pages are noticed earlier; on in Durable, else off.</summary>
    public bool? CellSizeCheck { get; set; }

    /// <summary><c>recursive_triggers</c>; off in every profile.</summary>
    public bool? RecursiveTriggers { get; set; }

    /// <summary><c>page_size</c> in bytes, a power of two from 512 to 65,536; 4,096. Takes effect only when the database
    /// is created.</summary>
    public int? PageSize { get; set; }

    /// <summary><c>max_page_count</c>: the size that the database may reach, in pages; SQLite's own limit.</summary>
    public long? MaxPageCount { get; set; }

    /// <summary><c>journal_size_limit</c> in bytes: what is left of the log after a checkpoint; 67,108,864.</summary>
    public long? JournalSizeLimit { get; set; }
}
