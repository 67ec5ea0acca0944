using DeployStack.Data.Sqlite.Files;

namespace DeployStack.Data.Sqlite.Copying;

/// <summary>Asks for room before a copy is begun: a disk that a copy fills is full for the live database as well.</summary>
internal static class DiskSpace
{
    /// <exception cref="DatabaseException">Of kind <see cref="DatabaseErrorKind.DiskFull"/>.</exception>
    public static void Demand(string database, string folder, long needed)
    {
        if (Shortage(FileProbe.FreeBytes(Path.Combine(folder, "copy")), needed) is { } free)
        {
            throw new DatabaseException(
                DatabaseErrorKind.DiskFull,
                $"A copy of the database '{database}' needs {needed:N0} bytes in '{folder}', and {free:N0} are free there; no copy was begun. Make room, or name a folder on another disk.")
            {
                RetryCanSucceed = false,
            };
        }
    }

    /// <summary>The free bytes if they are too few; <see langword="null"/> if they suffice or nobody knows them.</summary>
    public static long? Shortage(long? free, long needed) => free < needed ? free : null;
}
