using Microsoft.Extensions.Logging;

namespace DeployStack.Data.Migrations.Running;

/// <summary>Reads scripts and history, compares them and executes what is pending, batch by batch.</summary>
internal sealed class MigrationRunner(IDeployStackDatabase database, MigrationOptions options, TimeProvider time, ILogger logger)
    : IMigrationRunner, IMigrationState
{
    private const int Shown = 5;

    private readonly MigrationHistory _history = new(database, options.Stream);
    private MigrationSet? _set;

    public async Task<MigrationStatus> GetStatusAsync(CancellationToken cancellationToken = default)
    {
        var set = await LoadAsync(cancellationToken).ConfigureAwait(false);
        return MigrationStatus.Of(set, await _history.ReadAsync(cancellationToken).ConfigureAwait(false));
    }

    public async Task<IReadOnlyList<string>> GetPendingAsync(CancellationToken cancellationToken = default)
        => [.. (await GetStatusAsync(cancellationToken).ConfigureAwait(false)).Pending.Select(static migration => migration.Identity)];

    public async Task<MigrationResult> ApplyAsync(CancellationToken cancellationToken = default)
    {
        var status = await GetUnmodifiedAsync(cancellationToken).ConfigureAwait(false);
        if (status.Missing.Count > 0)
        {
            MigrationLog.Missing(logger, "migrations_apply", status.Missing.Count, Names(status.Missing.Select(static row => row.Identity)));
        }

        // a script that cannot run is found before the first one runs
        var batches = status.Pending.Select(migration => MigrationBatch.Of(migration, database.Capabilities)).ToList();
        if (batches.Count == 0)
        {
            MigrationLog.Current(logger, "migrations_apply", status.Applied.Count);
            return new([], _set!.Migrations.Count);
        }

        await _history.CreateAsync(cancellationToken).ConfigureAwait(false);
        var executed = new List<ExecutedMigration>(batches.Count);
        var pending = IdentitiesOf(status.Pending);
        foreach (var batch in batches.Where(batch => pending.Contains(batch.Migration.Identity)))
        {
            if (await ExecuteAsync(batch, cancellationToken).ConfigureAwait(false) is { } done)
            {
                executed.Add(done);
                continue;
            }

            // somebody else is at it: what is pending now?
            pending = IdentitiesOf((await GetUnmodifiedAsync(cancellationToken).ConfigureAwait(false)).Pending);
        }

        return new(executed, _set!.Migrations.Count - executed.Count);
    }

    private static HashSet<string> IdentitiesOf(IEnumerable<Migration> migrations)
        => migrations.Select(static migration => migration.Identity).ToHashSet(StringComparer.Ordinal);

    private static string Names(IEnumerable<string> identities)
    {
        var names = identities.ToList();
        return string.Join(", ", names.Take(Shown)) + (names.Count > Shown ? ", …" : string.Empty);
    }

    /// <summary>Executes one migration; <see langword="null"/> where another process was faster.</summary>
    private async Task<ExecutedMigration?> ExecuteAsync(MigrationBatch batch, CancellationToken cancellationToken)
    {
        var migration = batch.Migration;
        var started = time.GetTimestamp();
        try
        {
            await database.ExecuteBatchAsync(batch.ToSql(time.GetUtcNow()), OptionsOf(batch), cancellationToken).ConfigureAwait(false);
        }
        catch (DatabaseException error) // told with file and line, except where the history row shows that nothing is wrong
        {
            if (error.Kind == DatabaseErrorKind.UniqueViolation && await IsAppliedAsync(migration, cancellationToken).ConfigureAwait(false))
            {
                MigrationLog.AppliedElsewhere(logger, "migrations_apply", migration.Identity);
                return null;
            }

            throw batch.Failure(error);
        }

        var elapsed = time.GetElapsedTime(started);
        MigrationLog.Applied(logger, "migrations_apply", migration.Identity, migration.Name, elapsed.TotalMilliseconds, batch.Statements.Count);
        return new(migration.Identity, migration.Name, elapsed);
    }

    private BatchOptions OptionsOf(MigrationBatch batch) => new()
    {
        Durability = Durability.Full,
        ForeignKeysOff = batch.ForeignKeysOff,
        Deadline = options.Deadline,
        Label = $"migration {batch.Migration.Identity}",
        WithoutAdvice = true,
    };

    private async Task<bool> IsAppliedAsync(Migration migration, CancellationToken cancellationToken)
        => (await _history.ReadAsync(cancellationToken).ConfigureAwait(false)).Any(row => string.Equals(row.Identity, migration.Identity, StringComparison.Ordinal));

    private async Task<MigrationStatus> GetUnmodifiedAsync(CancellationToken cancellationToken)
    {
        var status = await GetStatusAsync(cancellationToken).ConfigureAwait(false);
        return status.Modified is not [var first, ..] ? status
            : throw new MigrationException($"The script of {status.Modified.Count} applied migration(s) was changed since: {Names(status.Modified.Select(static migration => migration.ToString()))}. Nothing was applied. Restore the script as it was (the history table keeps its text) and put the change into a new migration.") { Identity = first.Identity };
    }

    private async Task<MigrationSet> LoadAsync(CancellationToken cancellationToken)
    {
        if (_set is { } loaded)
        {
            return loaded;
        }

        if (options.Sources.Count == 0)
        {
            throw new MigrationException("No source of migrations was given. Nothing was applied. Add one with AddMigrations or MigrationOptions.Sources.");
        }

        var files = new List<Sources.MigrationFile>();
        foreach (var source in options.Sources.Distinct())
        {
            files.AddRange(await source.ReadAsync(cancellationToken).ConfigureAwait(false));
        }

        return _set = MigrationSet.Of(options.Stream, files);
    }
}
