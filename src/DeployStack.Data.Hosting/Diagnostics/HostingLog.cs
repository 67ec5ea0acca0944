using Microsoft.Extensions.Logging;

namespace DeployStack.Data.Hosting.Diagnostics;

/// <summary>The numbered events of hosting: selection 9000 to 9009, start 9010 to 9019, settings
/// 9020 to 9029.</summary>
internal static partial class HostingLog
{
    [LoggerMessage(EventId = 9000, EventName = "DatabaseChosen", Level = LogLevel.Information, Message = "{Operation}: the database '{Database}' is of type {DatabaseType}, chosen by {Source}")]
    public static partial void Chosen(ILogger logger, string operation, string database, string databaseType, DatabaseSelectionSource source);

    [LoggerMessage(EventId = 9001, EventName = "DatabaseSetUp", Level = LogLevel.Information, Message = "{Operation}: the database '{Database}' of type {DatabaseType} is set up; the selection file is {SelectionFile}")]
    public static partial void SetUp(ILogger logger, string operation, string database, string databaseType, string selectionFile);

    [LoggerMessage(EventId = 9002, EventName = "DatabaseSetUpFailed", Level = LogLevel.Error, Message = "{Operation}: the set-up of the database '{Database}' with type {DatabaseType} failed; nothing was chosen by it")]
    public static partial void SetUpFailed(ILogger logger, string operation, string database, string databaseType, Exception exception);

    [LoggerMessage(EventId = 9010, EventName = "DatabaseReady", Level = LogLevel.Information, Message = "{Operation}: the database '{Database}' is ready after {ElapsedMilliseconds} ms, {AppliedCount} migrations were applied")]
    public static partial void Ready(ILogger logger, string operation, string database, int appliedCount, long elapsedMilliseconds);

    [LoggerMessage(EventId = 9011, EventName = "DatabaseNotConfigured", Level = LogLevel.Warning, Message = "{Operation}: the database '{Database}' is not configured, so nothing was migrated. {Reason}")]
    public static partial void NotConfigured(ILogger logger, string operation, string database, string reason);

    [LoggerMessage(EventId = 9012, EventName = "DatabaseStartFailed", Level = LogLevel.Critical, Message = "{Operation}: the database '{Database}' could not be prepared; the host does not start")]
    public static partial void StartFailed(ILogger logger, string operation, string database, Exception exception);

    [LoggerMessage(EventId = 9020, EventName = "SecretLeftOut", Level = LogLevel.Warning, Message = "{Operation}: the secret '{Key}' cannot be decrypted and is left out of the configuration")]
    public static partial void SecretLeftOut(ILogger logger, string operation, string key, Exception exception);

    [LoggerMessage(EventId = 9021, EventName = "ConfigurationKeyTaken", Level = LogLevel.Warning, Message = "{Operation}: the setting '{Key}' is left out of the configuration: another setting has the configuration key '{Path}'")]
    public static partial void ConfigurationKeyTaken(ILogger logger, string operation, string key, string path);

    [LoggerMessage(EventId = 9022, EventName = "SettingsNotReloaded", Level = LogLevel.Warning, Message = "{Operation}: changed settings of the database '{Database}' could not be read; the last values stay, and it is tried again")]
    public static partial void SettingsNotReloaded(ILogger logger, string operation, string database, Exception exception);

    [LoggerMessage(EventId = 9023, EventName = "ReloadCallbackFailed", Level = LogLevel.Error, Message = "{Operation}: a callback for changed settings of the database '{Database}' failed; the settings are in use")]
    public static partial void ReloadCallbackFailed(ILogger logger, string operation, string database, Exception exception);

    [LoggerMessage(EventId = 9024, EventName = "OptionsNotReloaded", Level = LogLevel.Error, Message = "{Operation}: the changed settings of the group '{Group}' make no {Options}, the ones before stay in use: {Reason}")]
    public static partial void OptionsNotReloaded(ILogger logger, string operation, string group, string options, string reason);
}
