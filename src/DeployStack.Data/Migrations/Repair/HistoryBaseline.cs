using DeployStack.Data.Migrations.Comparison;
using DeployStack.Data.Migrations.Running;
using Microsoft.Extensions.Logging;

namespace DeployStack.Data.Migrations.Repair;

/// <summary>Marks migrations as applied that were not executed.</summary>
internal sealed class HistoryBaseline(MigrationOptions options, MigrationReader reader, MigrationHistory history, TimeProvider time, ILogger logger)
{
    public async Task<IReadOnlyList<AppliedMigration>> MarkAsync(string identity, CancellationToken cancellationToken)
    {
        var comparison = await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
        var last = comparison.Set.Migrations.FirstOrDefault(each => !each.IsRepeatable
            && (string.Equals(each.Identity, identity, StringComparison.Ordinal) || string.Equals(each.Identity, options.Stream + identity, StringComparison.Ordinal)))
            ?? throw new MigrationException($"The application has no migration {identity}, so no baseline was set. Its identities are those of GetStatusAsync; a repeatable script is no baseline.") { Identity = identity };
        if (comparison.Status.Applied.Count > 0)
        {
            throw Refusal(comparison.Status.Applied[^1].Identity, null);
        }

        var now = DateTimeOffset.FromUnixTimeMilliseconds(time.GetUtcNow().ToUnixTimeMilliseconds());
        var marked = comparison.Set.Migrations.TakeWhile(each => each != last).Append(last).ToList();
        await history.CreateWithKindAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await history.WriteAsync([.. marked.Select(each => MigrationHistory.Mark(each, now, MigrationHistoryKind.Baseline))], cancellationToken).ConfigureAwait(false);
        }
        catch (DatabaseException error) when (error.Kind == DatabaseErrorKind.UniqueViolation) // another process applied or marked them at the same time
        {
            throw Refusal(marked[0].Identity, error);
        }

        MigrationLog.Baseline(logger, "migrations_baseline", marked.Count, last.Identity);
        return [.. marked.Select(each => new AppliedMigration(each.Identity, each.Name, each.Checksum, now) { Kind = MigrationHistoryKind.Baseline })];
    }

    private static MigrationException Refusal(string identity, DatabaseException? error)
        => new($"The history is not empty (it has {identity}), so no baseline was set: it would hide what was really applied. Nothing was marked. ApplyAsync goes on from here; for scripts that were changed there is RepairAsync.", error) { Identity = identity };
}
