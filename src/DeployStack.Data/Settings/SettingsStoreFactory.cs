using DeployStack.Data.Migrations;
using DeployStack.Data.Settings.Secrets;
using DeployStack.Data.Settings.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace DeployStack.Data.Settings;

/// <summary>Makes a store where there is no container: in tests, in tools.</summary>
public static class SettingsStoreFactory
{
    /// <summary>Makes a store for a database; nothing is read yet. It is <see cref="IDisposable"/>: disposed, it ends its watchers.</summary>
    /// <param name="database">The database that holds the settings; it stays the caller's.</param>
    /// <param name="settings">The declared groups and the options; not changed afterwards.</param>
    /// <param name="time">The clock of the rows; <see langword="null"/> for the system's.</param>
    /// <param name="logger">Where log events go; <see langword="null"/> for nowhere.</param>
    /// <param name="protector">Encrypts secrets; <see langword="null"/> for the library's own with the key of the environment
    /// variable <c>DEPLOYSTACK_ENCRYPTION_SECRET</c>, where that is set.</param>
    /// <param name="readers">Read ciphertext that others wrote; <see langword="null"/> for none.</param>
    public static ISettingsStore Create(
        IDeployStackDatabase database,
        SettingsBuilder settings,
        TimeProvider? time = null,
        ILogger? logger = null,
        ISettingProtector? protector = null,
        IEnumerable<ISettingCiphertextReader>? readers = null)
    {
        ArgumentNullException.ThrowIfNull(database);
        ArgumentNullException.ThrowIfNull(settings);
        time ??= TimeProvider.System;
        logger ??= NullLogger.Instance;
        var tables = MigrationRunnerFactory.Create(database, SettingsTables.Migrations, time, logger);
        return new SettingsStore(new SettingsTables(database, tables), settings, new StoredSecrets(protector ?? SettingProtectorFactory.Create(new()), [.. readers ?? []]), time, logger);
    }
}
