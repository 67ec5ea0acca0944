using System.Collections.Concurrent;
using DeployStack.Data.Sqlite.Connections;
using DeployStack.Data.Sqlite.Files;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace DeployStack.Data.Sqlite.Copying;

/// <summary>The name of a copy's file on the disk, <c>app.db.rehearsal-….tmp</c>, and what belongs beside it.</summary>
/// <remarks>A process that dies leaves its copy behind; the name tells the next one what it is.</remarks>
internal static class CopyFile
{
    private const string Mark = ".rehearsal-";
    private const string Ending = ".tmp";

    private static readonly string[] _companions = ["-wal", "-shm", "-journal", string.Empty]; // the file itself last: while it stands, the others are recognised
    private static readonly ConcurrentDictionary<string, byte> _own = new(StringComparer.Ordinal);

    // a copy of another process is locked from its first step on, and again from its first read on
    private static readonly TimeSpan _quiet = TimeSpan.FromMinutes(1);

    /// <summary>Makes an empty file that only its owner may read, under a name that nobody has.</summary>
    /// <param name="database">The path of the live database.</param>
    /// <param name="directory">Where; <see langword="null"/> for the folder of the database.</param>
    /// <exception cref="DatabaseException">It cannot be created.</exception>
    public static string Create(string database, string? directory)
    {
        var path = Path.Combine(FolderOf(database, directory), $"{Path.GetFileName(database)}{Mark}{Guid.NewGuid():N}{Ending}");
        _own[path] = 0;
        try
        {
            DatabaseFile.Create(path);
        }
        catch
        {
            _own.TryRemove(path, out _);
            throw;
        }

        return path;
    }

    /// <summary>Deletes a copy and what SQLite made beside it; every connection to it is closed.</summary>
    /// <exception cref="DatabaseException">It could not be deleted.</exception>
    public static void Delete(string path)
    {
        try
        {
            foreach (var suffix in _companions)
            {
                File.Delete(path + suffix); // no error where nothing is
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException) // told by name: it holds the data of the database
        {
            throw new DatabaseException(DatabaseErrorKind.StorageIo, $"The copy '{path}' could not be deleted: {exception.Message} It holds the data of the database. Delete it, or let the next rehearsal do so.", exception);
        }
        finally
        {
            _own.TryRemove(path, out _);
        }
    }

    /// <summary>Deletes what processes that died left behind. What is in use, here or elsewhere, stays.</summary>
    /// <param name="database">The path of the live database.</param>
    /// <param name="directory">As for <see cref="Create"/>.</param>
    /// <param name="now">A file that was written in the last minute may belong to a process between two locks.</param>
    /// <returns>How many copies there were.</returns>
    public static int DeleteLeftOvers(string database, string? directory, DateTimeOffset now)
    {
        var folder = FolderOf(database, directory);
        if (!Directory.Exists(folder))
        {
            return 0;
        }

        var mark = Path.GetFileName(database) + Mark;
        var left = Directory.EnumerateFiles(folder, mark + "*").Select(path => path[..(path.LastIndexOf(Ending, StringComparison.Ordinal) + Ending.Length)])
            .Where(static path => path.EndsWith(Ending, StringComparison.Ordinal))
            .Distinct(StringComparer.Ordinal)
            .Where(path => !_own.ContainsKey(path) && now.UtcDateTime - File.GetLastWriteTimeUtc(path) > _quiet && !IsInUse(path))
            .ToList();
        left.ForEach(Delete);
        return left.Count;
    }

    /// <summary>The folder for copies.</summary>
    public static string FolderOf(string database, string? directory)
        => directory is null ? FileProbe.Folder(FileProbe.Target(database)) : Path.GetFullPath(directory);

    // Only a lock of SQLite's tells; whatever else is wrong with the file, nobody works on it.
    private static bool IsInUse(string path)
    {
        if (!File.Exists(path))
        {
            return false;
        }

        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadWrite, Pooling = false }.ConnectionString);
        try
        {
            connection.Open();
            Native.SetBusyTimeout(connection, TimeSpan.Zero);
            Native.Execute(connection, "PRAGMA locking_mode=EXCLUSIVE; BEGIN EXCLUSIVE; ROLLBACK");
            return false;
        }
        catch (SqliteException exception)
        {
            return exception.SqliteErrorCode == raw.SQLITE_BUSY;
        }
    }
}
