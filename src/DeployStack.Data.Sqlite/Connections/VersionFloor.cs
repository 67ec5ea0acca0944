using DeployStack.Data.Sqlite.Diagnostics;
using Microsoft.Extensions.Logging;

namespace DeployStack.Data.Sqlite.Connections;

/// <summary>Refuses SQLite libraries with the WAL-reset bug, which can lose committed writes
/// (https://www.sqlite.org/wal.html#walresetbug).</summary>
internal static class VersionFloor
{
    /// <summary>Whether a version has the repair: 3.51.3 and later, 3.50.7 and later of 3.50, 3.44.6 and later of 3.44.</summary>
    /// <param name="version">As <c>sqlite3_libversion_number</c> gives it, 3051003 for 3.51.3.</param>
    public static bool IsSafe(int version) => (version / 1000) switch
    {
        3044 => version >= 3_044_006,
        3050 => version >= 3_050_007,
        _ => version >= 3_051_003,
    };

    /// <summary>Refuses an unsafe version, or warns where the options allow it.</summary>
    /// <exception cref="DatabaseException">Kind <see cref="DatabaseErrorKind.NotSupported"/>.</exception>
    public static void Check(int version, SqliteSettings settings, ILogger logger)
    {
        if (IsSafe(version))
        {
            return;
        }

        var text = $"{version / 1_000_000}.{version / 1000 % 1000}.{version % 1000}";
        if (!settings.AllowUnsafeSqliteVersion)
        {
            throw new DatabaseException(
                DatabaseErrorKind.NotSupported,
                $"The SQLite library that is loaded, version {text}, has the WAL-reset bug, which can lose committed writes. '{settings.Path}' was not opened. Reference SQLite 3.51.3 or later (package SQLitePCLRaw.bundle_e_sqlite3), or accept the risk with AllowUnsafeSqliteVersion.");
        }

        SqliteLog.UnsafeVersion(logger, SqliteLog.Open, text, settings.Path);
    }
}
