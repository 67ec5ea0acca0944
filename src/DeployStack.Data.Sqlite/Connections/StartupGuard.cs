using DeployStack.Data.Sqlite.Diagnostics;
using DeployStack.Data.Sqlite.Files;
using DeployStack.Data.Sqlite.Interop;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace DeployStack.Data.Sqlite.Connections;

/// <summary>Refuses, before and just after the first open, what would lose data or end in a puzzling error later.</summary>
internal static class StartupGuard
{
    /// <summary><c>DSTD</c> in the header of every database that this library created
    /// (https://www.sqlite.org/pragma.html#pragma_application_id).</summary>
    public const int ApplicationId = 0x44535444;

    /// <summary>Checks path, library, file system and rights, and creates a missing file for the owner alone.</summary>
    /// <returns>Whether the file is new or empty: call <see cref="MarkNew"/> once its page size is set.</returns>
    /// <exception cref="DatabaseException">The database must not be opened; nothing was changed.</exception>
    public static bool BeforeOpen(SqliteSettings settings, ILogger logger)
    {
        if (settings.IsMemory)
        {
            return false;
        }

        var path = settings.Path;
        RefuseIf(PathRules.Refusal(path) ?? FileProbe.TooLong(path), path);
        VersionFloor.Check(SQLitePCL.raw.sqlite3_libversion_number(), settings, logger);
        RefuseIf(FileProbe.Unusable(path) ?? FileProbe.UnusableCompanion(path), path);
        CheckFileSystem(settings, logger);
        var isNew = DatabaseFile.Prepare(settings);
        CheckRights(settings, logger);
        return isNew && !settings.ReadOnly;
    }

    /// <summary>Reads through SQLite what only it may read, and turns a bad file into its error.</summary>
    /// <exception cref="DatabaseException">The file is damaged, no database, another application's, or cannot be written.</exception>
    public static void AfterOpen(SqliteConnection connection, SqliteSettings settings)
    {
        if (!settings.IsMemory)
        {
            var mayWrite = new SqliteConnectionStringBuilder(connection.ConnectionString).Mode != SqliteOpenMode.ReadOnly;
            new HeaderProbe(connection, mayWrite).Check();
        }
    }

    /// <summary>Writes the application id into the header of a new database.</summary>
    /// <exception cref="DatabaseException">It could not be written.</exception>
    public static void MarkNew(SqliteConnection connection) => new HeaderProbe(connection, mayWrite: true).Mark();

    /// <summary>Whether the database is on a network file system, where WAL does not work.</summary>
    public static bool IsOnNetwork(SqliteSettings settings)
        => !settings.IsMemory && FileSystems.Of(settings.Path).Verdict == FileSystemVerdict.Network;

    private static void CheckFileSystem(SqliteSettings settings, ILogger logger)
    {
        var (name, verdict) = FileSystems.Of(settings.Path);
        switch (verdict)
        {
            case FileSystemVerdict.Network when !settings.AllowNetworkFileSystem:
                throw new DatabaseException(
                    DatabaseErrorKind.CannotOpen,
                    $"The database '{settings.Path}' would be on a network file system ({name}), where SQLite's write-ahead log does not work and locks are unreliable. Nothing was created or changed. Put it on a local disk, or accept a slower rollback journal for one process with AllowNetworkFileSystem.");
            case FileSystemVerdict.Network:
                SqliteLog.NetworkFileSystem(logger, SqliteLog.Open, settings.Path, name);
                break;
            case FileSystemVerdict.UserSpace:
                SqliteLog.UserSpaceFileSystem(logger, SqliteLog.Open, settings.Path, name);
                break;
            case FileSystemVerdict.Volatile:
                SqliteLog.VolatileFileSystem(logger, SqliteLog.Open, settings.Path, name);
                break;
            default:
                break;
        }
    }

    private static void CheckRights(SqliteSettings settings, ILogger logger)
    {
        var path = settings.Path;
        if (!settings.ReadOnly && FileProbe.WhyNotWritten(path) is { } reason)
        {
            throw new DatabaseException(
                DatabaseErrorKind.ReadOnly,
                $"The database '{path}' cannot be written: {reason}. Nothing was changed. Give this process the right to write the file and its folder, or open it with ReadOnly.");
        }

        var entry = Entry.At(path);
        if (entry.OthersMode != UnixFileMode.None)
        {
            SqliteLog.OpenToOthers(logger, SqliteLog.Open, path, entry.Rights);
        }

        if (entry.Owner is { } owner && owner != Posix.EffectiveUser)
        {
            SqliteLog.ForeignOwner(logger, SqliteLog.Open, path, owner, Posix.EffectiveUser);
        }
    }

    private static void RefuseIf(string? reason, string path)
    {
        if (reason is not null)
        {
            throw new DatabaseException(
                DatabaseErrorKind.CannotOpen,
                $"The database '{path}' cannot be opened: {reason}. Nothing was created or changed. Correct the path, or what stands there.");
        }
    }
}
