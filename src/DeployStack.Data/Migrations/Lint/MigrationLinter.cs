using DeployStack.Data.Migrations.Running;
using Microsoft.Extensions.Logging;

namespace DeployStack.Data.Migrations.Lint;

/// <summary>Looks at pending migrations before they run.</summary>
internal sealed class MigrationLinter(IDeployStackDatabase database, MigrationOptions options, ILogger logger)
{
    /// <summary>All findings in the scripts among pending migrations; a class gives its statements at its turn.</summary>
    /// <exception cref="MigrationException">A script cannot be taken apart, or holds what may not run.</exception>
    public Task<LintReport> CheckAsync(IReadOnlyList<Migration> pending, CancellationToken cancellationToken)
        => CheckAsync([.. pending.Select(migration => LintScript.Of(migration, migration.Code is null ? MigrationBatch.Of(migration, database.Capabilities) : null))], cancellationToken);

    /// <summary>Looks at scripts before the first one runs, and logs warnings.</summary>
    /// <returns>The error of the call where the policy is to fail on what was found; <see langword="null"/> to go on.</returns>
    public Task<MigrationException?> RefusalAsync(IReadOnlyList<Migration> pending, IReadOnlyDictionary<Migration, MigrationBatch> batches, CancellationToken cancellationToken)
        => RefusalAsync(() => [.. pending.Select(migration => LintScript.Of(migration, Batch(migration, batches)))], string.Empty, cancellationToken);

    /// <summary>Looks at what a class gave, before it runs.</summary>
    /// <returns>As for scripts.</returns>
    public Task<MigrationException?> RefusalAsync(MigrationBatch built, CancellationToken cancellationToken)
        => RefusalAsync(() => [LintScript.Of(built.Migration, built)], "of it ", cancellationToken);

    private async Task<MigrationException?> RefusalAsync(Func<IReadOnlyList<LintScript>> scripts, string which, CancellationToken cancellationToken)
    {
        if (options.Lint == LintPolicy.Off)
        {
            return null;
        }

        var report = await CheckAsync(scripts(), cancellationToken).ConfigureAwait(false);
        foreach (var finding in report.Warnings.Concat(options.Lint == LintPolicy.Fail ? [] : report.Errors))
        {
            LintLog.Found(logger, "migrations_lint", finding.Code, finding.Origin, finding.Line, finding.Message);
        }

        return options.Lint != LintPolicy.Fail || report.Errors is not [var first, ..] errors ? null
            : new MigrationException($"The lint found {errors.Count} error(s) in what is pending: {string.Join(" ", errors.Select(Told))} Nothing {which}was applied. Correct the statements, or acknowledge what is meant in a comment before the statement: -- deploystack: allow {first.Code} because <reason>")
            {
                Identity = first.Identity,
                Line = MigrationFailure.Known(first.Line),
                Column = MigrationFailure.Known(first.Column),
                Statement = MigrationFailure.Known(first.Statement),
            };
    }

    // a script may have become pending since the others were taken apart
    private MigrationBatch? Batch(Migration migration, IReadOnlyDictionary<Migration, MigrationBatch> batches)
        => migration.Code is not null ? null : batches.TryGetValue(migration, out var batch) ? batch : MigrationBatch.Of(migration, database.Capabilities);

    // where the catalogue is SQLite's, the schema of the database is read, and rows are counted; elsewhere the text is all
    private async Task<LintReport> CheckAsync(IReadOnlyList<LintScript> scripts, CancellationToken cancellationToken)
    {
        if (scripts.Count == 0)
        {
            return new([]);
        }

        var asks = database.Capabilities.SqliteSchema;
        var run = new LintRun(asks ? await LiveSchema.ReadAsync(database, cancellationToken).ConfigureAwait(false) : new(), isLive: asks);
        run.Read(scripts);
        var tables = run.Drafts.Where(static draft => draft.Asks).SelectMany(static draft => draft.Rows).Select(static rows => rows.LiveName).OfType<string>();
        return new(run.Findings(asks ? await LiveSchema.CountAsync(database, tables, cancellationToken).ConfigureAwait(false) : new Dictionary<string, long>(StringComparer.Ordinal)));
    }

    private static string Told(LintFinding finding)
        => MigrationFailure.Sentence($"{finding.Identity} ({finding.Origin}), {(finding.Line > 0 ? $"line {finding.Line}" : $"statement {finding.Statement}")}: {finding.Code} {finding.Message}");
}
