namespace DeployStack.Data.Sqlite.Files;

/// <summary>Tells network file systems, and those that forget, from a local disk.</summary>
internal static class FileSystems
{
    private static readonly string[] _network = ["nfs", "cifs", "smb", "9p", "v9fs", "ceph", "afs", "ncp", "coda", "gfs", "lustre", "webdav", "davfs"];
    private static readonly string[] _volatile = ["tmpfs", "ramfs", "overlay", "aufs"];

    /// <summary>The file system of a path that need not exist yet.</summary>
    /// <returns>Its name, empty if nobody tells, and what it means.</returns>
    public static (string Name, FileSystemVerdict Verdict) Of(string path)
    {
        if (path.StartsWith(@"\\", StringComparison.Ordinal) && OperatingSystem.IsWindows())
        {
            return ("a network share", FileSystemVerdict.Network);
        }

        try
        {
            var drive = new DriveInfo(FileProbe.NearestFolder(path));
            return (drive.DriveFormat, Judge(drive.DriveFormat, drive.DriveType));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException) // a file system that tells nothing is taken for a disk
        {
            return (string.Empty, FileSystemVerdict.Local);
        }
    }

    /// <summary>Judges by the names that Linux, macOS and Windows give.</summary>
    public static FileSystemVerdict Judge(string format, DriveType type)
        => Starts(_network, format) ? FileSystemVerdict.Network
            : Starts(_volatile, format) || type == DriveType.Ram ? FileSystemVerdict.Volatile
            : format.Contains("fuse", StringComparison.OrdinalIgnoreCase) || format.StartsWith("virtiofs", StringComparison.OrdinalIgnoreCase) ? FileSystemVerdict.UserSpace
            : type == DriveType.Network ? FileSystemVerdict.Network
            : FileSystemVerdict.Local;

    private static bool Starts(string[] names, string format)
        => Array.Exists(names, name => format.StartsWith(name, StringComparison.OrdinalIgnoreCase));
}
