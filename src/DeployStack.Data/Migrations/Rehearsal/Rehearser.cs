using DeployStack.Data.Provider.Copying;
using DeployStack.Data.Schema;
using Microsoft.Extensions.Logging;

namespace DeployStack.Data.Migrations.Rehearsal;

/// <summary>Takes the copy, lets the runner run on it, looks at the result and throws the copy away.</summary>
/// <param name="database">The live database; it is only read.</param>
/// <param name="runnerOn">Makes the runner of the same migrations on another database.</param>
/// <param name="time">Measures.</param>
/// <param name="logger">Told at the end.</param>
internal sealed class Rehearser(IDeployStackDatabase database, Func<IDeployStackDatabase, IMigrationRunner> runnerOn, TimeProvider time, ILogger logger)
{
    private const int ShownFaults = 20;

    private static readonly ReadOptions _read = new() { Label = "rehearsal" };

    public async Task<RehearsalReport> RunAsync(MigrationStatus status, RehearsalOptions options, CancellationToken cancellationToken)
    {
        var provided = ProvidedDatabase.Demand(database, database.Capabilities.ConsistentCopy, "A rehearsal", nameof(DatabaseCapabilities.ConsistentCopy));
        if (status is { Pending: [], Modified: [], Missing: [], Superseded: [], Late: [] } && options.Queries.Count == 0)
        {
            return new(); // nothing to rehearse is worth a copy
        }

        var started = time.GetTimestamp();
        var copy = await provided.CreateCopyAsync(new() { Directory = options.Directory, Progress = options.CopyProgress }, cancellationToken).ConfigureAwait(false);
        var copied = time.GetElapsedTime(started);
        await using (copy.ConfigureAwait(false))
        {
            var report = await RunOnAsync(copy, status, options, cancellationToken).ConfigureAwait(false) with { CopyDuration = copied };
            var elapsed = time.GetElapsedTime(started);
            RehearsalLog.Rehearsed(logger, "migrations_rehearse", report.Migrations.Count, status.Pending.Count, report.Passed, elapsed.TotalMilliseconds);
            return report;
        }
    }

    private async Task<RehearsalReport> RunOnAsync(IProvidedDatabase copy, MigrationStatus status, RehearsalOptions options, CancellationToken cancellationToken)
    {
        var before = await copy.GetStorageAsync(cancellationToken).ConfigureAwait(false);
        var plansBefore = await PlansAsync(copy, options.Queries, cancellationToken).ConfigureAwait(false);
        var first = await Observation.MakeAsync(copy, options.CountRows, cancellationToken).ConfigureAwait(false);
        var observed = new ObservedDatabase(
            copy, status.Pending.ToDictionary(static each => each.Identity, static each => each.Name, StringComparer.Ordinal), first, options.CountRows, time);
        MigrationException? failure = null;
        try
        {
            await runnerOn(observed).ApplyAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (MigrationException exception) // what a rehearsal is for
        {
            failure = exception;
        }

        var after = await copy.GetStorageAsync(cancellationToken).ConfigureAwait(false);
        var plansAfter = await PlansAsync(copy, options.Queries, cancellationToken).ConfigureAwait(false);
        var report = new RehearsalReport
        {
            Migrations = observed.Migrations,
            Failure = failure,
            BytesBefore = before?.Bytes,
            BytesAfter = after?.Bytes,
            LogBytes = after?.LogBytes,
            Queries = [.. options.Queries.Select((sql, i) => new RehearsedQuery(sql, plansBefore[i].Plan, plansAfter[i].Plan, plansAfter[i].Error))],
        };
        return options.CheckIntegrity && copy.Capabilities.SqliteSchema
            ? await copy.ReadAsync(CheckAsync, report, _read, cancellationToken).ConfigureAwait(false)
            : report;
    }

    private static async ValueTask<RehearsalReport> CheckAsync(IReadSession session, RehearsalReport report)
    {
        var findings = await session.QueryAsync<string>($"PRAGMA integrity_check({ShownFaults})").ConfigureAwait(false);
        var orphans = await session.QueryAsync<ForeignKeyFault>("SELECT \"table\", parent, count(*) AS rows FROM pragma_foreign_key_check GROUP BY \"table\", parent, fkid").ConfigureAwait(false);
        return report with { IntegrityFaults = findings is ["ok"] ? [] : findings, ForeignKeyFaults = orphans };
    }

    // each in a unit of its own: one that cannot run takes no other with it
    private static async Task<IReadOnlyList<(QueryPlan? Plan, DatabaseException? Error)>> PlansAsync(IDeployStackDatabase copy, IReadOnlyList<string> queries, CancellationToken cancellationToken)
    {
        var plans = new List<(QueryPlan? Plan, DatabaseException? Error)>(queries.Count);
        foreach (var sql in queries)
        {
            try
            {
                plans.Add((await copy.ReadAsync(static (session, text) => QueryPlan.ReadAsync(session, text), sql, _read, cancellationToken).ConfigureAwait(false), null));
            }
            catch (DatabaseException exception) when (exception.Kind is DatabaseErrorKind.SchemaMissing or DatabaseErrorKind.InvalidSql or DatabaseErrorKind.ReadOnly or DatabaseErrorKind.SessionMisuse) // it is told beside the query
            {
                plans.Add((null, exception));
            }
        }

        return plans;
    }
}
