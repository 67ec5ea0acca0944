using DeployStack.Data.Migrations.Comparison;
using DeployStack.Data.Migrations.Rehearsal;
using DeployStack.Data.Migrations.Running;
using DeployStack.Data.Provider;
using DeployStack.Data.Provider.Copying;
using DeployStack.Data.Schema;
using Microsoft.Extensions.Logging;

namespace DeployStack.Data.Migrations.Validation;

/// <summary>Replays the history in an empty database and compares what came out with the live schema.</summary>
/// <remarks>What runs is the text that the history kept, of every stream: tables of settings and of plugins come out as
/// well, and a script that was changed since does not hide what it did. Only a migration in C# whose text lacks the values
/// of its parameters is asked again. Repeatable scripts come last, as in every run.</remarks>
internal sealed class MigrationValidator(IDeployStackDatabase database, MigrationOptions options, MigrationReader reader, TimeProvider time, ILogger logger)
{
    private static readonly ReadOptions _read = new() { Label = "migrations validate", WithoutAdvice = true };

    public async Task<MigrationValidation> RunAsync(CancellationToken cancellationToken)
    {
        var comparison = await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
        var drift = await CheckAsync(comparison, cancellationToken).ConfigureAwait(false);
        if (drift.Differences.Count > 0)
        {
            RehearsalLog.Drifted(logger, "migrations_validate", drift.Differences.Count, string.Join(", ", drift.Differences));
        }

        return new(comparison.Status, drift);
    }

    private async Task<SchemaDrift> CheckAsync(MigrationComparison comparison, CancellationToken cancellationToken)
    {
        if (!database.Capabilities.SqliteSchema || !database.Capabilities.EmptyDatabases || database is not IProvidedDatabase provided)
        {
            return NotChecked($"the engine '{database.Capabilities.SystemName}' makes no empty database to replay the migrations in ({nameof(DatabaseCapabilities.EmptyDatabases)}). Compare its schema with one that was migrated from empty.");
        }

        // one snapshot: a migration that another process applies meanwhile is in both or in neither
        IReadOnlyCollection<string> histories = [MigrationHistory.Table, .. options.Adoptions.SelectMany(static each => each.Tables)];
        var (rows, live) = await database.ReadAsync(ReadAsync, histories, _read, cancellationToken).ConfigureAwait(false);
        var known = comparison.Set.Migrations.ToDictionary(static each => each.Identity, StringComparer.Ordinal);
        var history = rows.Concat(comparison.Adopted.Select(each => known[each.Identity])) // not written yet, and applied all the same
            .DistinctBy(static each => each.Identity, StringComparer.Ordinal)
            .OrderBy(static each => MigrationOrder.IsRepeatable(each.Identity));
        var empty = await provided.CreateEmptyAsync(cancellationToken).ConfigureAwait(false);
        await using (empty.ConfigureAwait(false))
        {
            foreach (var migration in history)
            {
                if (known.GetValueOrDefault(migration.Identity)?.Code is null && StatementParameters.Of(migration.Script).Count > 0)
                {
                    return NotChecked($"the applied migration {migration.Identity} was a class that the application does not have any more, and the history keeps no values of its parameters. Bring the class back.");
                }

                try
                {
                    await ReplayAsync(empty, migration, known.GetValueOrDefault(migration.Identity), cancellationToken).ConfigureAwait(false);
                }
                catch (DatabaseException error) // a script that needs rows, or that this version does not read, is no drift
                {
                    return NotChecked($"the applied migration {migration.Identity} does not run in an empty database: {error.Message}") with { Error = error };
                }
            }

            var replayed = await empty.ReadAsync(static (session, tables) => SchemaModel.ReadAsync(session, tables), histories, _read, cancellationToken).ConfigureAwait(false);
            return new(true, null, SchemaComparison.Of(replayed, live));
        }
    }

    private static SchemaDrift NotChecked(string reason) => new(false, reason, []);

    private static async ValueTask<(IReadOnlyList<Migration> History, SchemaModel Live)> ReadAsync(IReadSession session, IReadOnlyCollection<string> histories)
    {
        var exists = await session.ExecuteScalarAsync<long>("SELECT count(*) FROM sqlite_schema WHERE name = @name", new { name = MigrationHistory.Table }).ConfigureAwait(false) > 0;
        IReadOnlyList<Row> rows = exists ? await session.QueryAsync<Row>(MigrationHistory.SelectScripts).ConfigureAwait(false) : [];
        return (
            [.. rows.Select(static row => new Migration(row.Identity, row.Name, "as the history has it", row.Script))],
            await SchemaModel.ReadAsync(session, histories).ConfigureAwait(false));
    }

    private async Task ReplayAsync(IDeployStackDatabase empty, Migration applied, Migration? current, CancellationToken cancellationToken)
    {
        var batch = current?.Code is not null && (applied.Script.Length == 0 || StatementParameters.Of(applied.Script).Count > 0)
            ? await MigrationBatch.BuildAsync(current, empty, principal: null, cancellationToken).ConfigureAwait(false)
            : await MigrationBatch.Of(applied, empty.Capabilities).PlanAsync(empty, cancellationToken).ConfigureAwait(false);
        await new MigrationHistory(empty, new()).CreateAsync(cancellationToken).ConfigureAwait(false);
        await empty.ExecuteBatchAsync(
            batch.ToSql(time.GetUtcNow()),
            new() { ForeignKeysOff = batch.ForeignKeysOff, Label = $"replay {applied.Identity}", WithoutAdvice = true },
            cancellationToken).ConfigureAwait(false);
    }

    internal sealed record Row(string Identity, string Name, string Script);
}
