using DeployStack.Data.Migrations.Comparison;
using DeployStack.Data.Migrations.Lint;
using Microsoft.Extensions.Logging;

namespace DeployStack.Data.Migrations.Running;

/// <summary>Executes what is pending, batch by batch.</summary>
internal sealed class MigrationExecutor(
    IDeployStackDatabase database, MigrationOptions options, MigrationReader reader, MigrationHistory history, MigrationLinter linter, TimeProvider time, ILogger logger)
{
    private const string Operation = "migrations_apply";
    private const string LabelPrefix = "migration ";

    private readonly MigrationAcceptance _acceptance = new(options, logger);

    /// <summary>The identity of the migration whose batch has these options; <see langword="null"/> for another batch.</summary>
    public static string? IdentityOf(BatchOptions? batch)
        => batch?.Label?.StartsWith(LabelPrefix, StringComparison.Ordinal) == true ? batch.Label[LabelPrefix.Length..] : null;

    public async Task<MigrationResult> ApplyAsync(CancellationToken cancellationToken)
    {
        var comparison = await ReadAsync(cancellationToken).ConfigureAwait(false);
        _acceptance.Tell(comparison.Status);
        var pending = comparison.Status.Pending;

        // a script that cannot run is found before the first one runs; a class is asked at its turn
        var batches = pending.Where(static migration => migration.Code is null).ToDictionary(static migration => migration, migration => MigrationBatch.Of(migration, database.Capabilities));
        comparison = await AdoptAsync(comparison, cancellationToken).ConfigureAwait(false);
        comparison = await LintAsync(comparison, batches, cancellationToken).ConfigureAwait(false);
        pending = comparison.Status.Pending;
        var executed = new List<ExecutedMigration>(pending.Count);
        if (pending.Count == 0)
        {
            MigrationLog.Current(logger, Operation, comparison.Status.Applied.Count);
            return new(executed, comparison.Set.Migrations.Count);
        }

        await PrepareAsync(comparison.Status, cancellationToken).ConfigureAwait(false);
        for (var next = 0; next < pending.Count;)
        {
            var migration = pending[next];
            var before = comparison.RowOf(migration)?.Checksum;
            MigrationBatch? batch = null;
            DatabaseException? error;
            try
            {
                batch = await GetBatchAsync(comparison, migration, batches, cancellationToken).ConfigureAwait(false);
                error = await ExecuteAsync(batch, executed, pending.Count - next, cancellationToken).ConfigureAwait(false);
            }
            catch (MigrationException refusal) when (batch is null) // what does not fit the schema any more may have been applied meanwhile
            {
                error = refusal;
            }

            if (error is null)
            {
                next++;
                continue;
            }

            // somebody else may be at it: what is pending now?
            comparison = await ReadAsync(cancellationToken, executed.Count).ConfigureAwait(false);
            if (comparison.Status.Pending.Contains(migration) && string.Equals(comparison.RowOf(migration)?.Checksum, before, StringComparison.Ordinal))
            {
                throw batch is null ? error : batch.Failure(error);
            }

            MigrationLog.AppliedElsewhere(logger, Operation, migration.Identity);
            (pending, next) = (comparison.Status.Pending, 0);
        }

        return new(executed, comparison.Set.Migrations.Count - comparison.Status.Late.Count(IsLeft) - executed.Count);

        bool IsLeft(Migration late) => options.LateMigrations == LateMigrationPolicy.Warn;
    }

    /// <exception cref="MigrationException">The run may not go on.</exception>
    private async Task<MigrationComparison> ReadAsync(CancellationToken cancellationToken, int applied = 0)
    {
        var comparison = await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
        _acceptance.Check(comparison, applied);
        return comparison;
    }

    /// <summary>Looks at what is pending. Another process may have applied it meanwhile, and what the lint then says of it is
    /// about a schema that it was not made for.</summary>
    private async Task<MigrationComparison> LintAsync(MigrationComparison comparison, Dictionary<Migration, MigrationBatch> batches, CancellationToken cancellationToken)
    {
        while (await linter.RefusalAsync(comparison.Status.Pending, batches, cancellationToken).ConfigureAwait(false) is { } refusal)
        {
            var again = await ReadAsync(cancellationToken).ConfigureAwait(false);
            comparison = again.Status.Pending.SequenceEqual(comparison.Status.Pending) ? throw refusal : again;
        }

        return comparison;
    }

    /// <summary>Writes the rows of what another tool applied, all or none.</summary>
    private async Task<MigrationComparison> AdoptAsync(MigrationComparison comparison, CancellationToken cancellationToken)
    {
        if (comparison.Adopted.Count == 0)
        {
            return comparison;
        }

        var migrations = comparison.Set.Migrations.ToDictionary(static migration => migration.Identity, StringComparer.Ordinal);
        await history.CreateWithKindAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await history.WriteAsync([.. comparison.Adopted.Select(each => MigrationHistory.Mark(migrations[each.Identity], each.AppliedAt, MigrationHistoryKind.Adopted))], cancellationToken).ConfigureAwait(false);
        }
        catch (DatabaseException error) when (error.Kind == DatabaseErrorKind.UniqueViolation) // another process adopted them at the same time
        {
            var again = await ReadAsync(cancellationToken).ConfigureAwait(false);
            return again.Adopted.Count == 0 ? again : throw new MigrationException($"The migrations that another tool applied could not be taken over: {error.Message} Nothing was applied. Run ApplyAsync again.", error);
        }

        MigrationLog.Adopted(logger, Operation, comparison.Adopted.Count);
        return comparison;
    }

    private async Task PrepareAsync(MigrationStatus status, CancellationToken cancellationToken)
    {
        MigrationLog.Pending(logger, Operation, status.Pending.Count, status.Pending[0].Identity, status.Pending[^1].Identity);
        if (options.BeforeMigrate is { } before)
        {
            try
            {
                await before(new(status.Pending, status.Applied), cancellationToken).ConfigureAwait(false);
            }
            catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested) // the hook's own error, with what it means
            {
                throw new MigrationException($"What was to be done before the migrations (MigrationOptions.BeforeMigrate) failed: {MigrationFailure.Sentence(exception.Message)} Nothing was applied; {status.Pending.Count} migration(s) are pending. Remove the cause and run ApplyAsync again.", exception);
            }
        }

        await history.CreateAsync(cancellationToken).ConfigureAwait(false);
    }

    private async Task<MigrationBatch> GetBatchAsync(
        MigrationComparison comparison, Migration migration, Dictionary<Migration, MigrationBatch> batches, CancellationToken cancellationToken)
    {
        if (migration.Code is not null)
        {
            var built = await MigrationBatch.BuildAsync(migration, database, options.Principal, cancellationToken).ConfigureAwait(false);
            return await linter.RefusalAsync(built, cancellationToken).ConfigureAwait(false) is { } refusal ? throw refusal : built with { Principal = options.Principal };
        }

        var batch = batches.TryGetValue(migration, out var made) ? made : MigrationBatch.Of(migration, database.Capabilities);
        return await (batch with { Before = comparison.RowOf(migration)?.Checksum, Principal = options.Principal }).PlanAsync(database, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Executes one migration.</summary>
    /// <returns>The error where another process may have been faster.</returns>
    private async Task<DatabaseException?> ExecuteAsync(MigrationBatch batch, List<ExecutedMigration> executed, int left, CancellationToken cancellationToken)
    {
        var migration = batch.Migration;
        var started = time.GetTimestamp();
        try
        {
            await database.ExecuteBatchAsync(batch.ToSql(time.GetUtcNow()), OptionsOf(batch), cancellationToken).ConfigureAwait(false);
        }
        catch (DatabaseException error) // told with file and line, except where the history row shows that nothing is wrong
        {
            return batch.IsLostRace(error) ? error : throw batch.Failure(error);
        }

        var elapsed = time.GetElapsedTime(started);
        MigrationLog.Applied(logger, Operation, migration.Identity, migration.Name, elapsed.TotalMilliseconds, batch.Statements.Count);
        var done = new ExecutedMigration(migration.Identity, migration.Name, elapsed);
        executed.Add(done);
        options.Progress?.Report(new(done, executed.Count, executed.Count + left - 1));
        return null;
    }

    private BatchOptions OptionsOf(MigrationBatch batch) => new()
    {
        Durability = Durability.Full,
        ForeignKeysOff = batch.ForeignKeysOff,
        Deadline = options.Deadline,
        Label = LabelPrefix + batch.Migration.Identity,
        WithoutAdvice = true,
    };
}
