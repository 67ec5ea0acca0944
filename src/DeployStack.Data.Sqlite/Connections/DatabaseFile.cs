using DeployStack.Data.Sqlite.Files;

namespace DeployStack.Data.Sqlite.Connections;

/// <summary>Makes the database file and its folders, for the owner alone, before SQLite opens it.</summary>
/// <remarks>SQLite gives its log and journal the mode of the database file, so the mode is right from the first byte.</remarks>
internal static class DatabaseFile
{
    private const UnixFileMode OwnerFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OwnerFolder = OwnerFile | UnixFileMode.UserExecute;
    private const int ShownBackups = 5;

    // Closing the descriptor of a new file would drop the locks of a connection that this process opened meanwhile.
    private static readonly Lock _creating = new();

    /// <summary>Sees to it that a file stands at the path.</summary>
    /// <returns>Whether the file is new or empty.</returns>
    /// <exception cref="DatabaseException">It must exist and does not, a database is known to have existed there, or it
    /// cannot be created.</exception>
    public static bool Prepare(SqliteSettings settings)
    {
        lock (_creating)
        {
            var file = new FileInfo(settings.Path);
            if (file is { Exists: true, Length: > 0 })
            {
                return false;
            }

            if (ProofOfExistence(settings) is { } proof)
            {
                file.Refresh(); // another process that starts now may have made it since, and a log after it
                return file is { Exists: true, Length: > 0 } ? false : throw Missing(settings, file.Exists, proof);
            }

            if (file.Exists)
            {
                return true;
            }

            if (settings.ReadOnly || settings.FileMustExist)
            {
                throw new DatabaseException(
                    DatabaseErrorKind.CannotOpen,
                    $"The database '{settings.Path}' cannot be opened: {FileProbe.WhyNotOpened(settings.Path) ?? "the file does not exist"}, and {(settings.ReadOnly ? "ReadOnly" : "FileMustExist")} keeps it from being created. Nothing was created. Correct the path, or leave that option out.");
            }

            Create(settings.Path);
            return true;
        }
    }

    /// <summary>Makes an empty file, and the folders above it, for the owner alone.</summary>
    /// <exception cref="DatabaseException">It cannot be created; it is no error if it stands there already.</exception>
    public static void Create(string path)
    {
        var nearest = FileProbe.NearestFolder(path);
        try
        {
            CreateFolders(FileProbe.Folder(path));
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.ReadWrite | FileShare.Delete };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = OwnerFile;
            }

            new FileStream(path, options).Dispose();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException) // named below, unless somebody else was first
        {
            if (File.Exists(path))
            {
                return;
            }

            var reason = FileProbe.WhyFolderNotWritten(nearest);
            throw new DatabaseException(
                reason is null ? DatabaseErrorKind.CannotOpen : DatabaseErrorKind.ReadOnly,
                $"The database '{path}' cannot be created: {reason ?? FileProbe.WhyNotOpened(path) ?? exception.Message}. No file was created. Correct the path, or give this process the right to write there.",
                exception);
        }
    }

    // One after the other: the framework gives its mode to the last folder only.
    private static void CreateFolders(string folder)
    {
        if (Directory.Exists(folder))
        {
            return;
        }

        if (Path.GetDirectoryName(folder) is { Length: > 0 } parent)
        {
            CreateFolders(parent);
        }

        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, OwnerFolder);
        }
    }

    // SQLite deletes a log that stands beside an empty file, with every commit in it.
    private static string? ProofOfExistence(SqliteSettings settings)
        => new FileInfo(FileProbe.Target(settings.Path) + "-wal") is { Exists: true, Length: > 0 } log
            ? $"its write-ahead log of {log.Length:N0} bytes stands beside it"
            : settings.ProofOfExistence?.Invoke();

    private static DatabaseException Missing(SqliteSettings settings, bool exists, string proof) => new(
        DatabaseErrorKind.MissingOrReplaced,
        $"The database file '{settings.Path}' is {(exists ? "empty" : "missing")}, but a database existed here: {proof.TrimEnd('.')}. No new one was created and nothing was changed. Put the file back or restore a backup ({Backups(settings.Path)}); if the data is to begin anew, remove what proves that it existed.");

    private static string Backups(string path)
    {
        var folder = Path.Combine(FileProbe.Folder(path), "backup");
        if (!Directory.Exists(folder))
        {
            return $"there is no folder '{folder}'";
        }

        var found = Directory.GetFiles(folder, "*.db").Select(Path.GetFileName).OrderDescending(StringComparer.Ordinal).ToList();
        return found.Count == 0
            ? $"none is in '{folder}'"
            : $"in '{folder}': {string.Join(", ", found.Take(ShownBackups))}{(found.Count > ShownBackups ? $" and {found.Count - ShownBackups} more" : string.Empty)}";
    }
}
