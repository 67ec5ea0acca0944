using DeployStack.Data.Migrations;
using DeployStack.Data.Migrations.Lint;
using DeployStack.Data.Provider;
using DeployStack.Data.Provider.Copying;
using DeployStack.Data.Settings.Current;

namespace DeployStack.Data.Settings.Storage;

/// <summary>Reads and writes the tables; knows nothing of declared types.</summary>
internal sealed class SettingsTables(IDeployStackDatabase database, IMigrationRunner migrations)
{
    // that the tables are missing is told in the words of this room
    private static readonly ReadOptions _read = new() { Label = "settings", WithoutAdvice = true };
    private static readonly BatchOptions _write = new() { Label = "settings", WithoutAdvice = true };
    private bool _isReady;

    /// <summary>The tables are created by migrations of this room's own; their identities begin with <c>settings/</c>.</summary>
    public static MigrationOptions Migrations => new()
    {
        Stream = "settings/",
        Lint = LintPolicy.Off, // the library's own scripts
        Sources =
        {
            MigrationSource.FromScripts(new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["0001_setting_tables.sql"] = SettingsSchema.CreateTables,
                ["0002_setting_companions.sql"] = SettingsSchema.CreateCompanions,
            }),
        },
    };

    public DatabaseCapabilities Capabilities => database.Capabilities;

    /// <summary>Creates what is missing of the tables; looked at once in the life of a store.</summary>
    public async Task EnsureAsync(CancellationToken cancellationToken)
    {
        if (Volatile.Read(ref _isReady))
        {
            return;
        }

        await migrations.ApplyAsync(cancellationToken).ConfigureAwait(false);

        // not part of a migration: a table that another tool rebuilt has lost its triggers
        var exist = Capabilities.SqliteSchema
            && await database.ExecuteScalarAsync<long>(SettingsSchema.CountTriggers, options: _read, cancellationToken: cancellationToken).ConfigureAwait(false) == SettingsSchema.CreateTriggers.Count;
        if (!exist)
        {
            IEnumerable<string> statements = Capabilities.SqliteSchema ? [.. SettingsSchema.DropTriggers, .. SettingsSchema.CreateTriggers, SettingsSchema.RaiseVersion] : SettingsSchema.CreateTriggers;
            await database.ExecuteBatchAsync([.. statements.Select(static sql => new SqlStatement(sql))], _write, cancellationToken).ConfigureAwait(false);
        }

        Volatile.Write(ref _isReady, true);
    }

    /// <summary>What tells whether anybody has committed; <see langword="null"/> where nobody knows.</summary>
    public Task<ChangeCounter?> GetChangeCounterAsync(CancellationToken cancellationToken)
        => database is IProvidedDatabase provided ? provided.GetChangeCounterAsync(cancellationToken) : Task.FromResult<ChangeCounter?>(null);

    /// <summary>Reads everything, unless the version is the one that is known.</summary>
    /// <param name="known">What the caller has: rows that are the same are taken from it.</param>
    /// <param name="isForced">Whether to read in any case.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    /// <returns><see langword="null"/> where nothing has changed.</returns>
    public async Task<SettingsData?> LoadAsync(SettingsData? known, bool isForced, CancellationToken cancellationToken)
    {
        IReadOnlyList<StoredRow>? rows;
        try
        {
            rows = await database.ReadAsync(
                static async (session, known) => known is not null && await session.QuerySingleOrDefaultAsync<StoredVersion>(SettingsSql.SelectVersion).ConfigureAwait(false) == known
                    ? null
                    : await session.QueryAsync<StoredRow>(SettingsSql.SelectAll).ConfigureAwait(false),
                isForced ? null : known?.Version,
                _read,
                cancellationToken).ConfigureAwait(false);
        }
        catch (DatabaseException error) when (error.Kind == DatabaseErrorKind.SchemaMissing) // perhaps only what initialisation adds
        {
            return await LoadWithoutVersionAsync(error, cancellationToken).ConfigureAwait(false);
        }

        return rows is null ? null : ToData(rows, known); // a lost row of the version is an error, not tables without one
    }

    /// <summary>Executes the statements of a write.</summary>
    /// <param name="statements">In order.</param>
    /// <param name="holdsSecrets">Whether what they replace may be a secret: it is wiped from the file, and the commit is
    /// durable in every profile.</param>
    /// <param name="cancellationToken">As for a batch.</param>
    public async Task ExecuteAsync(IReadOnlyList<SqlStatement> statements, bool holdsSecrets, CancellationToken cancellationToken)
    {
        var options = holdsSecrets ? _write with { Durability = Durability.Full, SecureDelete = Capabilities.SecureDelete } : _write;
        try
        {
            await database.ExecuteBatchAsync(statements, options, cancellationToken).ConfigureAwait(false);
        }
        catch (DatabaseException error) when (error.Kind == DatabaseErrorKind.SchemaMissing) // told with the way out
        {
            throw NotInitialized(error);
        }
    }

    /// <summary>Reads parts of the history, the newest first, within a batch in order.</summary>
    public async Task<IReadOnlyList<StoredHistory>> FindHistoryAsync(string condition, object parameters, CancellationToken cancellationToken)
    {
        try
        {
            return await database.QueryAsync<StoredHistory>($"{SettingsSql.SelectHistory} {condition}", parameters, _read, cancellationToken).ConfigureAwait(false);
        }
        catch (DatabaseException error) when (error.Kind == DatabaseErrorKind.SchemaMissing) // told with the way out
        {
            throw NotInitialized(error);
        }
    }

    // the tables of DeployStack itself, opened for reading alone, or before initialisation
    private async Task<SettingsData> LoadWithoutVersionAsync(DatabaseException missing, CancellationToken cancellationToken)
    {
        try
        {
            var rows = await database.QueryAsync<StoredRow>(SettingsSql.SelectTables, options: _read, cancellationToken: cancellationToken).ConfigureAwait(false);
            return ToData([new(0, string.Empty, string.Empty, null, null, StoredVersion.None.Number, null, StoredVersion.None.Stamp), .. rows], known: null);
        }
        catch (DatabaseException error) when (error.Kind == DatabaseErrorKind.SchemaMissing) // told with the way out
        {
            throw NotInitialized(missing);
        }
    }

    private static SettingsData ToData(IReadOnlyList<StoredRow> rows, SettingsData? known)
    {
        var version = rows.FirstOrDefault(static row => row.Kind == 0)
            ?? throw new SettingException(DatabaseErrorKind.SchemaMissing, string.Empty, "The table deploystack_settings_version has lost its row, so nobody can tell whether settings have changed. Nothing was read. Restore it, above all versions that there were: INSERT INTO deploystack_settings_version (id, version) SELECT 1, coalesce(max(batch), 0) + 1000000 FROM deploystack_setting_history.");
        return SettingsData.Of(
            new(version.Number, version.At),
            rows.Where(static row => row.Kind == 1).Select(static row => new StoredGroup(row.Key, row.Value, row.Description, row.Type, row.Number)),
            rows.Where(static row => row.Kind == 2).Select(row => ToEntry(row, known?.Find(row.Key))));
    }

    // with the old entry stays what was worked out for it
    private static SettingEntry ToEntry(StoredRow row, SettingEntry? known)
    {
        var entry = new SettingEntry(row.Key, row.Value, row.Number != 0, row.Type ?? string.Empty, row.Description, row.GroupId, row.At);
        return known is not null && known.IsSameAs(entry) ? known : entry;
    }

    private static SettingException NotInitialized(DatabaseException error) => new(
        error.Kind,
        string.Empty,
        "The tables of settings do not exist yet. Call ISettingsStore.InitializeAsync once at start-up, after IMigrationRunner.ApplyAsync.",
        error);
}
