namespace DeployStack.Data.Sqlite.Copying;

/// <summary>The settings of databases beside a live one: its own, as far as they fit.</summary>
internal static class CopySettings
{
    /// <summary>A copy on a file.</summary>
    public static SqliteSettings OfCopy(SqliteSettings live, string path) => Beside(live, path) with
    {
        FileMustExist = true,
        Readers = Math.Min(live.Readers, 2),
    };

    /// <summary>A database in memory.</summary>
    public static SqliteSettings OfMemory(SqliteSettings live) => Beside(live, SqliteSettings.InMemory) with { FileMustExist = false };

    private static SqliteSettings Beside(SqliteSettings live, string path) => live with
    {
        Path = path,
        Name = $"{live.Name} (copy)", // not the name of the file: telemetry would get another one each time
        ReadOnly = false,
        ProofOfExistence = null,
        Image = default, // the live database began with it; the empty one begins with nothing
        OptimizeOnClose = false,
    };
}
