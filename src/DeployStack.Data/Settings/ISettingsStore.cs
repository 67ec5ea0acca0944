namespace DeployStack.Data.Settings;

/// <summary>The application's settings in the database: typed reads and writes of what is declared in code.</summary>
/// <remarks>Thread-safe; several processes may use it on one database. Every read asks the database, so a write of
/// another process is seen by the next read. It uses atomic batches and queries only, so it works on every engine.</remarks>
/// <example><code>
/// await settings.InitializeAsync();
/// int port = await settings.GetAsync(Smtp.Port);
/// await settings.SetAsync(Smtp.Port, 465);
/// </code></example>
public interface ISettingsStore
{
    /// <summary>Brings the database to the declarations in one atomic batch: the tables, then groups, then settings. Missing
    /// settings are created with their defaults, secrets unset; names and descriptions are refreshed; values that exist are
    /// never touched.</summary>
    /// <param name="cancellationToken">Stops it; nothing is written then.</param>
    /// <remarks>Call it at start-up, after <c>IMigrationRunner.ApplyAsync</c>: migrations of the application may create the
    /// two tables themselves. Where everything is there already nothing is written.</remarks>
    /// <exception cref="DatabaseException">Nothing was written.</exception>
    Task<SettingsResult> InitializeAsync(CancellationToken cancellationToken = default);

    /// <summary>Reads a declared setting.</summary>
    /// <typeparam name="T">The type of its values.</typeparam>
    /// <param name="setting">Its declaration.</param>
    /// <param name="cancellationToken">Stops the read within 50 ms.</param>
    /// <returns>The stored value; the default where it is not set: absent, empty or white space.</returns>
    /// <exception cref="SettingException">The stored text is no <typeparamref name="T"/>, or is a secret's ciphertext.</exception>
    Task<T> GetAsync<T>(Setting<T> setting, CancellationToken cancellationToken = default);

    /// <summary>Reads a setting by its key, declared or not.</summary>
    /// <typeparam name="T">String, int, long, double, decimal or bool, nullable or not.</typeparam>
    /// <param name="key">Its key.</param>
    /// <param name="cancellationToken">Stops the read within 50 ms.</param>
    /// <returns>The stored value; where it is not set the declared default, and without one the default of
    /// <typeparamref name="T"/>: <c>GetAsync&lt;int?&gt;</c> tells 0 from nothing.</returns>
    /// <exception cref="SettingException">The stored text is no <typeparamref name="T"/>, or is a secret's ciphertext.</exception>
    Task<T?> GetAsync<T>(string key, CancellationToken cancellationToken = default);

    /// <summary>Stores a value; a value that is there already is not written again.</summary>
    /// <typeparam name="T">The type of its values.</typeparam>
    /// <param name="setting">Its declaration.</param>
    /// <param name="value">An empty string unsets the setting.</param>
    /// <param name="cancellationToken">As for a write.</param>
    /// <exception cref="SettingException">It is not declared to this store, or is a secret and the value not empty
    /// (<see cref="DatabaseErrorKind.SecretUnreadable"/>); nothing was written.</exception>
    Task SetAsync<T>(Setting<T> setting, T value, CancellationToken cancellationToken = default);

    /// <summary>Stores a value by key.</summary>
    /// <typeparam name="T">A type of the declared kind: a string for a string, a number for a number, a bool for a boolean.</typeparam>
    /// <param name="key">The key of a declared setting.</param>
    /// <param name="value">An empty string unsets the setting.</param>
    /// <param name="cancellationToken">As for a write.</param>
    /// <exception cref="SettingException">As for the other form, or the value is not of the declared kind.</exception>
    Task SetAsync<T>(string key, T value, CancellationToken cancellationToken = default);

    /// <summary>Whether a value is stored that is neither empty nor white space; works for secrets as well.</summary>
    /// <param name="key">Declared or not.</param>
    /// <param name="cancellationToken">Stops the read within 50 ms.</param>
    /// <exception cref="DatabaseException">The database could not be read.</exception>
    Task<bool> IsSetAsync(string key, CancellationToken cancellationToken = default);

    /// <summary>Reads all settings of a group in one query, in the order of their keys, secrets masked.</summary>
    /// <param name="groupId">The group's id.</param>
    /// <param name="cancellationToken">Stops the read within 50 ms.</param>
    /// <returns>Empty where the database has no such group.</returns>
    /// <exception cref="DatabaseException">The database could not be read.</exception>
    Task<IReadOnlyList<SettingValue>> GetGroupAsync(string groupId, CancellationToken cancellationToken = default);
}
