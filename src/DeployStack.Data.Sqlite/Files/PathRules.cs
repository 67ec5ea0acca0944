namespace DeployStack.Data.Sqlite.Files;

/// <summary>Which texts are taken as the path of a database.</summary>
/// <remarks>SQLite would read <c>file:</c> as a URI, whose parameters can switch locking off, and an empty name as a
/// temporary database that nobody sees again.</remarks>
internal static class PathRules
{
    /// <summary>Why a text is not taken, or <see langword="null"/>.</summary>
    public static string? Refusal(string path)
    {
        if (path is SqliteSettings.InMemory)
        {
            return null;
        }

        if (string.IsNullOrWhiteSpace(path))
        {
            return "the path is empty, which SQLite would take for a temporary database";
        }

        if (path.AsSpan().ContainsAnyInRange('\0', '\x1f') || path.Contains('\x7f', StringComparison.Ordinal))
        {
            return "the path holds a control character";
        }

        if (path[^1] == Path.DirectorySeparatorChar || path[^1] == Path.AltDirectorySeparatorChar)
        {
            return "the path ends like that of a directory";
        }

        foreach (var name in path.Split(Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar))
        {
            if (name.StartsWith("file:", StringComparison.OrdinalIgnoreCase))
            {
                return "it is a file: URI, whose parameters could switch locking off; give a plain path";
            }

            if (name.Trim().StartsWith(SqliteSettings.InMemory, StringComparison.OrdinalIgnoreCase))
            {
                return "a database in memory is asked for with exactly ':memory:'";
            }

            if (name.StartsWith("|DataDirectory|", StringComparison.OrdinalIgnoreCase))
            {
                return "|DataDirectory| is not expanded; give the folder itself";
            }
        }

        return null;
    }
}
