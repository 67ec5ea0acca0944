using DeployStack.Data.Migrations;
using DeployStack.Data.Migrations.Lint;

namespace DeployStack.Data.Settings.Storage;

/// <summary>Reads and writes the two tables; knows nothing of declared types.</summary>
internal sealed class SettingsTables(IDeployStackDatabase database, IMigrationRunner tables, TimeProvider time)
{
    // that the tables are missing is told in the words of this room
    private static readonly ReadOptions _read = new() { Label = "settings", WithoutAdvice = true };
    private static readonly BatchOptions _write = new() { Label = "settings", WithoutAdvice = true };

    /// <summary>The tables are created by migrations of this room's own; their identities begin with <c>settings/</c>.</summary>
    public static MigrationOptions Migrations => new()
    {
        Stream = "settings/",
        Lint = LintPolicy.Off, // the library's own scripts
        Sources = { MigrationSource.FromScripts(new Dictionary<string, string>(StringComparer.Ordinal) { ["0001_setting_tables.sql"] = SettingsSql.CreateTables }) },
    };

    /// <summary>Brings the tables and their rows to the declarations.</summary>
    public async Task<(SettingsPlan Plan, SettingsResult Result)> InitializeAsync(IReadOnlyList<SettingGroup> groups, CancellationToken cancellationToken)
    {
        await tables.ApplyAsync(cancellationToken).ConfigureAwait(false);
        var (storedGroups, storedSettings) = await database.ReadAsync(
            static async session => (
                await session.QueryAsync<StoredGroup>(SettingsSql.SelectGroups).ConfigureAwait(false),
                await session.QueryAsync<StoredSetting>(SettingsSql.SelectSettings).ConfigureAwait(false)),
            _read,
            cancellationToken).ConfigureAwait(false);
        var plan = new SettingsPlan(groups, storedGroups, storedSettings, Now());
        var batch = await database.ExecuteBatchAsync(plan.Statements, _write, cancellationToken).ConfigureAwait(false);
        return (plan, plan.ToResult(batch.RowsAffected));
    }

    /// <summary>One row, or <see langword="null"/>.</summary>
    public async Task<StoredSetting?> FindAsync(string key, CancellationToken cancellationToken)
    {
        try
        {
            return await database.QuerySingleOrDefaultAsync<StoredSetting>($"{SettingsSql.SelectSettings} WHERE \"key\" = @key", new { key }, _read, cancellationToken).ConfigureAwait(false);
        }
        catch (DatabaseException error) when (error.Kind == DatabaseErrorKind.SchemaMissing) // told with the way out
        {
            throw NotInitialized(key, error);
        }
    }

    /// <summary>The rows of a group in the order of their keys.</summary>
    public async Task<IReadOnlyList<StoredSetting>> FindGroupAsync(string groupId, CancellationToken cancellationToken)
    {
        try
        {
            return await database.QueryAsync<StoredSetting>($"{SettingsSql.SelectSettings} WHERE \"group_id\" = @groupId ORDER BY \"key\"", new { groupId }, _read, cancellationToken).ConfigureAwait(false);
        }
        catch (DatabaseException error) when (error.Kind == DatabaseErrorKind.SchemaMissing) // told with the way out
        {
            throw NotInitialized(string.Empty, error);
        }
    }

    /// <summary>Stores a text that is no secret's plain text.</summary>
    /// <returns>Whether it differed from what was there.</returns>
    /// <exception cref="SettingException">The database says that it is a secret, or knows nothing of the setting's group.</exception>
    public async Task<bool> StoreAsync(Setting setting, string groupId, string text, CancellationToken cancellationToken)
    {
        var upsert = SettingsSql.Upsert(setting, groupId, text, Now());
        try
        {
            var result = await database.ExecuteBatchAsync(
                text.Length == 0 ? [upsert] : [SettingsSql.RefuseSecret(setting.Key), upsert],
                _write,
                cancellationToken).ConfigureAwait(false);
            return result.TotalRowsAffected > 0;
        }
        catch (DatabaseException error) when (error.Kind == DatabaseErrorKind.ExpectationFailed) // the one expectation of this batch
        {
            throw NoEncryption(setting.Key, error);
        }
        catch (DatabaseException error) when (error.Kind is DatabaseErrorKind.SchemaMissing or DatabaseErrorKind.ForeignKeyViolation) // told with the way out
        {
            throw NotInitialized(setting.Key, error);
        }
    }

    public static SettingException NoEncryption(string key, Exception? inner = null) => new(
        DatabaseErrorKind.SecretUnreadable,
        key,
        $"The secret '{key}' was not stored: encryption of secrets is not available in this version, and a secret is never stored as plain text. Nothing was written. Keep the value outside the database, for example in an environment variable.",
        inner);

    private static SettingException NotInitialized(string key, DatabaseException error) => new(
        error.Kind,
        key,
        "The settings tables do not exist yet or lack the group of the setting. Call ISettingsStore.InitializeAsync once at start-up, after IMigrationRunner.ApplyAsync.",
        error);

    private long Now() => time.GetUtcNow().ToUnixTimeSeconds();
}
