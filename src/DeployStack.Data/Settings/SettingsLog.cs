using Microsoft.Extensions.Logging;

namespace DeployStack.Data.Settings;

/// <summary>The numbered events of settings: 4000 to 4999. Keys appear in them, values never.</summary>
internal static partial class SettingsLog
{
    [LoggerMessage(EventId = 4000, EventName = "SettingsInitialized", Level = LogLevel.Information, Message = "{Operation}: {Created} settings created, {Skipped} existed, {Refreshed} of them refreshed")]
    public static partial void Initialized(ILogger logger, string operation, int created, int skipped, int refreshed);

    [LoggerMessage(EventId = 4001, EventName = "RequiredSettingsMissing", Level = LogLevel.Warning, Message = "{Operation}: required settings without a value: {Keys}")]
    public static partial void RequiredMissing(ILogger logger, string operation, string keys);

    [LoggerMessage(EventId = 4002, EventName = "SecretsInPlainText", Level = LogLevel.Warning, Message = "{Operation}: secrets that stand in the database as plain text: {Keys}")]
    public static partial void PlainSecrets(ILogger logger, string operation, string keys);

    [LoggerMessage(EventId = 4003, EventName = "SettingWritten", Level = LogLevel.Information, Message = "{Operation}: {Key} was changed")]
    public static partial void Written(ILogger logger, string operation, string key);
}
