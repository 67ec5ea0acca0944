namespace DeployStack.Data.Sqlite;

/// <summary>SQLite's own account of one checkpoint (https://www.sqlite.org/pragma.html#pragma_wal_checkpoint).</summary>
/// <param name="Truncated">Whether the log was to be cut to zero bytes, not only copied.</param>
/// <param name="Blocked">Whether a reader, or another process, kept it from completing; nothing is lost.</param>
/// <param name="LogFrames">Pages in the log; −1 where the database has none.</param>
/// <param name="CheckpointedFrames">Pages of the log that are in the database file now.</param>
/// <param name="Error">Why it failed, or <see langword="null"/>.</param>
public sealed record CheckpointResult(bool Truncated, bool Blocked, int LogFrames, int CheckpointedFrames, DatabaseException? Error);
