namespace DeployStack.Data.Provider.Copying;

/// <summary>The room that a database takes.</summary>
/// <param name="Bytes">The database itself, with what only its log holds as yet.</param>
/// <param name="LogBytes">The most that the write-ahead log beside it took since the database was opened; 0 where there is
/// none.</param>
public sealed record StorageUse(long Bytes, long LogBytes);
