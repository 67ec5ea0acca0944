using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace DeployStack.Data.Sqlite.Connections;

internal static class StartupGuard
{
    public static void BeforeOpen(SqliteSettings settings, ILogger logger) { if (!settings.IsMemory) { Directory.CreateDirectory(Path.GetDirectoryName(settings.Path)!); if (!File.Exists(settings.Path)) { File.Create(settings.Path).Dispose(); } } }
    public static void AfterOpen(SqliteConnection connection, SqliteSettings settings) { }
    public static void MarkNew(SqliteConnection connection) { }
}
