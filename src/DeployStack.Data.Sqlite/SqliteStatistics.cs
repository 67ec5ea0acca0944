namespace DeployStack.Data.Sqlite;

/// <summary>Sizes of a database, as it was when it was asked.</summary>
/// <param name="FileSize">Bytes of the database file; the pages of a database in memory.</param>
/// <param name="PageCount">Pages in the database.</param>
/// <param name="PageSize">Bytes in a page.</param>
/// <param name="FreePages">Pages that hold nothing.</param>
/// <param name="WalSize">Bytes of the write-ahead log; 0 where there is none.</param>
public sealed record SqliteStatistics(long FileSize, long PageCount, long PageSize, long FreePages, long WalSize);
