using DeployStack.Data.Migrations.Comparison;
using DeployStack.Data.Migrations.Running;
using Microsoft.Extensions.Logging;

namespace DeployStack.Data.Migrations.Repair;

/// <summary>Brings the history to the scripts as they are now; the schema is not touched.</summary>
internal sealed class HistoryRepair(MigrationReader reader, MigrationHistory history, ILogger logger)
{
    public async Task<MigrationRepairResult> RunAsync(MigrationRepairOptions options, CancellationToken cancellationToken)
    {
        var comparison = await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
        var accepted = comparison.Status.Modified.Concat(comparison.Status.Reformatted).OrderBy(static each => each.Identity, MigrationOrder.Instance).ToList();
        var removed = options.RemoveMissing ? comparison.Status.Missing : [];
        if (accepted.Count + removed.Count == 0)
        {
            return new([], []);
        }

        try
        {
            await history.WriteAsync(
                [.. accepted.Select(each => MigrationHistory.Accept(each, comparison.RowOf(each)!.Checksum)), .. removed.Select(MigrationHistory.Remove)],
                cancellationToken).ConfigureAwait(false);
        }
        catch (DatabaseException error) when (error.Kind == DatabaseErrorKind.ExpectationFailed) // each row must be as it was read
        {
            throw new MigrationException("Another process changed the migration history at the same time; nothing was changed by this call. Look at GetStatusAsync and run RepairAsync again.", error);
        }

        MigrationLog.Repaired(logger, "migrations_repair", accepted.Count, removed.Count);
        return new(accepted, removed);
    }
}
