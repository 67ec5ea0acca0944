using System.Text;
using DeployStack.Data.Sqlite.Interop;

namespace DeployStack.Data.Sqlite.Files;

/// <summary>Finds out why a database file cannot be opened or written: SQLite says only that it cannot.</summary>
internal static class FileProbe
{
    private const int MaxName = 255; // bytes, on every common file system
    private const int MaxPath = 504; // bytes: SQLite's own buffer holds 512, with the longest suffix, -journal

    private static readonly string[] _companions = ["-wal", "-shm", "-journal"];

    /// <summary>Why SQLite cannot open the database file, or <see langword="null"/> if the file system shows no reason.</summary>
    public static string? WhyNotOpened(string path)
        => TooLong(path)
        ?? Unusable(path)
        ?? Missing(path)
        ?? Forbidden(path)
        ?? UnusableCompanion(path);

    /// <summary>Why SQLite cannot write the database file, or <see langword="null"/> if the file system shows no reason.</summary>
    public static string? WhyNotWritten(string path)
    {
        var file = Entry.At(path);
        if (file.Kind == EntryKind.File && (!Posix.Allows(path, Posix.CanWrite) || IsMarkedReadOnly(path)))
        {
            return $"this process{User} may not write the file ({file.Rights})";
        }

        return WhyFolderNotWritten(Folder(path)) ?? UnusableCompanion(path);
    }

    /// <summary>Why nothing can be created in a folder, or <see langword="null"/>.</summary>
    public static string? WhyFolderNotWritten(string folder)
        => Entry.At(folder) is { Kind: EntryKind.Directory } entry && !Posix.Allows(folder, Posix.CanWrite)
            ? $"this process{User} may not write the folder '{folder}' ({entry.Rights}), where SQLite keeps its log and journal beside the file"
            : null;

    /// <summary>Why a path is too long for the file system or for SQLite, or <see langword="null"/>.</summary>
    public static string? TooLong(string path)
    {
        var longest = path.Split(Path.DirectorySeparatorChar).Max(static name => Encoding.UTF8.GetByteCount(name));
        if (longest > MaxName)
        {
            return $"a name in the path has {longest} bytes, and file systems take {MaxName}";
        }

        var length = Encoding.UTF8.GetByteCount(path);
        return length > MaxPath && !OperatingSystem.IsWindows() ? $"the path has {length} bytes, and SQLite takes {MaxPath}" : null;
    }

    /// <summary>Why what stands at the path cannot be a database file, or <see langword="null"/>.</summary>
    public static string? Unusable(string path)
    {
        var entry = Entry.At(path);
        return entry switch
        {
            { Kind: EntryKind.Missing, IsLink: true } => $"it is a symbolic link to '{new FileInfo(path).LinkTarget}', which does not exist",
            { Kind: EntryKind.Directory } => "it is a directory",
            { Kind: EntryKind.Special } => "it is a FIFO, socket or device, not a regular file",
            { IsLink: true } when IsForeignLink(path) is { } owner => $"it is a symbolic link that another user (uid {owner}) made",
            _ => null,
        };
    }

    /// <summary>Why the log, shared memory or journal beside the file cannot be used, or <see langword="null"/>.</summary>
    public static string? UnusableCompanion(string path)
    {
        var file = Target(path);
        foreach (var suffix in _companions)
        {
            var companion = file + suffix;
            var entry = Entry.At(companion);
            if (entry.IsLink)
            {
                return $"'{companion}' is a symbolic link, which SQLite does not follow";
            }

            if (entry.Kind is EntryKind.Directory or EntryKind.Special)
            {
                return $"'{companion}' is not a regular file, and SQLite needs that name for a file of its own";
            }

            if (entry.Kind == EntryKind.File && !Posix.Allows(companion, Posix.CanRead))
            {
                return $"this process{User} may not read '{companion}' ({entry.Rights})";
            }
        }

        return null;
    }

    /// <summary>The file behind symbolic links: SQLite keeps its log beside that one.</summary>
    public static string Target(string path)
        => new FileInfo(path).LinkTarget is null ? path : File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path;

    /// <summary>Bytes that this process can still write where the file is, or <see langword="null"/> if nobody tells.</summary>
    public static long? FreeBytes(string path)
    {
        try
        {
            return new DriveInfo(NearestFolder(path)).AvailableFreeSpace;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException) // a network share, a folder that vanished: the message does without the number
        {
            return null;
        }
    }

    /// <summary>The nearest folder above the path that exists.</summary>
    public static string NearestFolder(string path)
    {
        var folder = Folder(path);
        while (!Directory.Exists(folder) && Path.GetDirectoryName(folder) is { Length: > 0 } parent)
        {
            folder = parent;
        }

        return folder;
    }

    /// <summary>The folder of a file.</summary>
    public static string Folder(string path) => Path.GetDirectoryName(path) is { Length: > 0 } folder ? folder : ".";

    private static string User => OperatingSystem.IsWindows() ? string.Empty : $" (uid {Posix.EffectiveUser})";

    private static string? Missing(string path)
    {
        var folder = Folder(path);
        return Entry.At(path).Kind != EntryKind.Missing ? null
            : File.Exists(folder) ? $"'{folder}' is a file, not a folder"
            : !Directory.Exists(folder) ? $"the folder '{folder}' does not exist"
            : !Posix.Allows(folder, Posix.CanEnter) ? $"this process{User} may not enter the folder '{folder}' ({Entry.At(folder).Rights})"
            : "the file does not exist";
    }

    private static string? Forbidden(string path)
        => Posix.Allows(path, Posix.CanRead) ? null : $"this process{User} may not read the file ({Entry.At(path).Rights})";

    private static bool IsMarkedReadOnly(string path)
        => OperatingSystem.IsWindows() && File.GetAttributes(path).HasFlag(FileAttributes.ReadOnly);

    private static uint? IsForeignLink(string path)
        => Posix.TryStat(path, follow: false, out _, out var owner) && owner != 0 && owner != Posix.EffectiveUser ? owner : null;
}
