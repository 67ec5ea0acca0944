using DeployStack.Data.Provider.Copying;
using DeployStack.Data.Sqlite.Connections;
using DeployStack.Data.Sqlite.Handles;
using DeployStack.Data.Sqlite.Interop;

namespace DeployStack.Data.Sqlite.Engine;

/// <summary>How large a database and its log are, by SQLite's own figures and the lengths of the files.</summary>
internal static class DatabaseSizes
{
    public static SqliteStatistics Read(SqliteHandle handle, SqliteSettings settings)
    {
        var pages = ConnectionFactory.ReadPragma(handle.Connection, "page_count");
        var size = ConnectionFactory.ReadPragma(handle.Connection, "page_size");
        return new(
            settings.IsMemory ? pages * size : new FileInfo(settings.Path).Length,
            pages,
            size,
            ConnectionFactory.ReadPragma(handle.Connection, "freelist_count"),
            settings.IsMemory || new FileInfo(settings.Path + "-wal") is not { Exists: true } wal ? 0 : wal.Length);
    }

    /// <summary>What a copy has to hold: pages, not the length of the file, as what a log holds is part of the database.</summary>
    public static StorageUse ReadStorage(SqliteHandle handle, long highestLog)
    {
        var size = ConnectionFactory.ReadPragma(handle.Connection, "page_size");
        return new(ConnectionFactory.ReadPragma(handle.Connection, "page_count") * size, WalIndex.BytesOf(highestLog, size));
    }
}
