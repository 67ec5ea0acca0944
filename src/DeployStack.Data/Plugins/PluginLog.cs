using Microsoft.Extensions.Logging;

namespace DeployStack.Data.Plugins;

/// <summary>The numbered events of plugins: 7000 to 7999.</summary>
internal static partial class PluginLog
{
    [LoggerMessage(EventId = 7000, EventName = "PluginInstalled", Level = LogLevel.Information, Message = "{Operation}: the plugin {Plugin} is installed")]
    public static partial void Installed(ILogger logger, string operation, string plugin);

    [LoggerMessage(EventId = 7001, EventName = "PluginInitialized", Level = LogLevel.Information, Message = "{Operation}: the plugin {Plugin} has initialised its tables in {ElapsedMilliseconds} ms")]
    public static partial void Initialized(ILogger logger, string operation, string plugin, double elapsedMilliseconds);

    [LoggerMessage(EventId = 7002, EventName = "PluginsUnregistered", Level = LogLevel.Warning, Message = "{Operation}: installed and no longer registered: {Plugins}; their tables are kept")]
    public static partial void Unregistered(ILogger logger, string operation, string plugins);

    [LoggerMessage(EventId = 7003, EventName = "PluginUninstalled", Level = LogLevel.Information, Message = "{Operation}: the plugin {Plugin} is uninstalled; {Tables} tables with {Rows} rows were exported and dropped")]
    public static partial void Uninstalled(ILogger logger, string operation, string plugin, int tables, long rows);
}
