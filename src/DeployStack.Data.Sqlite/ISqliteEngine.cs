namespace DeployStack.Data.Sqlite;

/// <summary>What only a SQLite database can be asked: its settings, its writer, its readers, its log.</summary>
/// <remarks>Registered beside <see cref="IDeployStackDatabase"/> under the same name. Thread-safe.</remarks>
public interface ISqliteEngine
{
    /// <summary>The absolute path of the database file, or <c>:memory:</c>.</summary>
    string Path { get; }

    /// <summary>The version of the SQLite library that is loaded.</summary>
    string SqliteVersion { get; }

    /// <summary>Why writes are stopped (the file was moved, a sync failed), or <see langword="null"/> while they go on.</summary>
    DatabaseException? WritesStopped { get; }

    /// <summary>Who holds the writer now, since when, and who waits.</summary>
    WriterStatus GetWriterStatus();

    /// <summary>How the readers are used now.</summary>
    ReadersStatus GetReadersStatus();

    /// <summary>Every setting of the connections: what was asked for and what SQLite answered when asked again.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="DatabaseException">The database could not be opened.</exception>
    Task<IReadOnlyList<EffectiveSetting>> GetEffectiveSettingsAsync(CancellationToken cancellationToken = default);

    /// <summary>Sizes of the file and its log.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="DatabaseException">The database could not be opened.</exception>
    Task<SqliteStatistics> GetStatisticsAsync(CancellationToken cancellationToken = default);

    /// <summary>Moves the write-ahead log into the database file, in the writer's turn.</summary>
    /// <param name="truncate">Whether to cut the log to zero bytes; otherwise it is only copied.</param>
    /// <param name="cancellationToken">Leaves the queue.</param>
    /// <returns>SQLite's result row; being blocked by a reader is a result, not an error.</returns>
    /// <exception cref="DatabaseException">The database could not be opened.</exception>
    Task<CheckpointResult> CheckpointAsync(bool truncate = true, CancellationToken cancellationToken = default);

    /// <summary>Writes the whole database anew, in the writer's turn: nothing that was ever deleted or replaced is left in its
    /// pages, and free pages are given back. The log is truncated afterwards.</summary>
    /// <param name="cancellationToken">Leaves the queue; once it runs it is not stopped.</param>
    /// <remarks>It needs up to twice the size of the database on the disk, and writers wait for it.
    /// https://www.sqlite.org/lang_vacuum.html</remarks>
    /// <exception cref="DatabaseException">The disk is full, another process writes, or the database could not be opened; it
    /// is as it was.</exception>
    Task VacuumAsync(CancellationToken cancellationToken = default);

    /// <summary>Closes and opens the writer and runs SQLite's <c>quick_check</c>; if it passes, stopped writes go on.</summary>
    /// <param name="cancellationToken">Leaves the queue.</param>
    /// <exception cref="DatabaseException">The database is damaged or cannot be opened; writes stay stopped.</exception>
    Task ReopenAsync(CancellationToken cancellationToken = default);
}
