using DeployStack.Data.Sqlite.Errors;
using DeployStack.Data.Sqlite.Files;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace DeployStack.Data.Sqlite.Connections;

/// <summary>Asks SQLite about the header and schema of a file that it has just opened: opening succeeds on almost
/// everything, and the error comes at the first read.</summary>
/// <param name="connection">An open connection.</param>
/// <param name="mayWrite">Whether it was opened for writing.</param>
internal sealed class HeaderProbe(SqliteConnection connection, bool mayWrite)
{
    private readonly sqlite3 _db = connection.Handle!;
    private readonly string _path = connection.DataSource;

    /// <summary>Reads, and throws what is wrong.</summary>
    public void Check()
    {
        _ = Read("SELECT count(*) FROM sqlite_schema");
        CheckApplication();
        if (mayWrite)
        {
            CheckWritable();
            CheckLength();
        }
    }

    /// <summary>Marks a database as ours, unless somebody was quicker.</summary>
    public void Mark()
    {
        if (Read("PRAGMA application_id") == 0)
        {
            _ = Read($"PRAGMA application_id={StartupGuard.ApplicationId}");
        }
    }

    private void CheckApplication()
    {
        var id = (int)Read("PRAGMA application_id");
        if (id is not (0 or StartupGuard.ApplicationId))
        {
            throw new DatabaseException(
                DatabaseErrorKind.MissingOrReplaced,
                $"'{_path}' is another application's database: its application_id is 0x{id:X8}, and that of this library is 0x{StartupGuard.ApplicationId:X8}. The file is untouched. Correct the path or restore a backup; to adopt the file all the same, set its PRAGMA application_id to 0.");
        }
    }

    // SQLite falls back to reading where it may not write, or where the file's write version is newer than it knows.
    private void CheckWritable()
    {
        if (raw.sqlite3_db_readonly(_db, "main") == 1)
        {
            throw SqliteErrors.Create(raw.SQLITE_READONLY, raw.SQLITE_READONLY, string.Empty, Context);
        }
    }

    // SQLite itself misses a file that ends within its last page. The read transaction keeps other processes from
    // growing it meanwhile; while a log holds pages, the file may lag behind.
    private void CheckLength()
    {
        var path = FileProbe.Target(_path);
        _ = Read("BEGIN");
        try
        {
            var pages = Read("PRAGMA page_count");
            var hasLog = new FileInfo(path + "-wal") is { Exists: true, Length: > 0 };
            var actual = new FileInfo(path).Length;
            var expected = pages * Read("PRAGMA page_size");
            if (!hasLog && actual < expected)
            {
                throw new DatabaseException(
                    DatabaseErrorKind.Corrupt,
                    $"The content of the database '{_path}' is damaged: its header counts {expected:N0} bytes, and the file has {actual:N0}: its end was cut off. The file is untouched. Do not write to it; restore the newest verified backup.");
            }
        }
        finally
        {
            _ = Read("COMMIT");
        }
    }

    private long Read(string sql)
    {
        var code = raw.sqlite3_prepare_v2(_db, sql, out var statement);
        using (statement)
        {
            if (code == raw.SQLITE_OK)
            {
                code = raw.sqlite3_step(statement);
            }

            return code switch
            {
                raw.SQLITE_ROW => raw.sqlite3_column_int64(statement, 0),
                raw.SQLITE_DONE => 0,
                _ => throw SqliteErrors.Create(code & 0xff, raw.sqlite3_extended_errcode(_db), raw.sqlite3_errmsg(_db).utf8_to_string(), Context),
            };
        }
    }

    private ErrorContext Context => new() { Path = _path, IsWrite = mayWrite };
}
