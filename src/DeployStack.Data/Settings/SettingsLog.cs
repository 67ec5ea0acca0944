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

    [LoggerMessage(EventId = 4003, EventName = "SettingsWritten", Level = LogLevel.Information, Message = "{Operation}: {Count} settings changed ({Keys}), batch {BatchId}")]
    public static partial void Written(ILogger logger, string operation, int count, string keys, long batchId);

    [LoggerMessage(EventId = 4007, EventName = "SecretsRotated", Level = LogLevel.Information, Message = "{Operation}: {Settings} secrets and {History} values of the history encrypted anew, {Unreadable} settings unreadable")]
    public static partial void Rotated(ILogger logger, string operation, int settings, int history, int unreadable);

    [LoggerMessage(EventId = 4004, EventName = "SettingKeysMissing", Level = LogLevel.Error, Message = "{Operation}: secrets are encrypted under keys that are not there: {KeyIds}. They stay as they are; give the keys, or store the secrets again")]
    public static partial void KeysMissing(ILogger logger, string operation, string keyIds);

    [LoggerMessage(EventId = 4005, EventName = "SettingsWatchFailed", Level = LogLevel.Warning, Message = "{Operation}: changes of settings could not be looked for; it goes on")]
    public static partial void WatchFailed(ILogger logger, string operation, Exception error);

    [LoggerMessage(EventId = 4006, EventName = "SettingsCallbackFailed", Level = LogLevel.Error, Message = "{Operation}: a callback for a change of settings failed")]
    public static partial void CallbackFailed(ILogger logger, string operation, Exception error);
}
