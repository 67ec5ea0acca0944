using System.Text;
using DeployStack.Data.Migrations.Comparison;
using Microsoft.Extensions.Logging;

namespace DeployStack.Data.Migrations.Running;

/// <summary>Whether a run may go on, by what the comparison found and the options say.</summary>
internal sealed class MigrationAcceptance(MigrationOptions options, ILogger logger)
{
    private const string Operation = "migrations_apply";
    private const int Shown = 20;
    private const int MaxDiffs = 2;

    /// <param name="comparison">What was found.</param>
    /// <param name="applied">How many migrations this run has applied already: another process may change the history meanwhile.</param>
    /// <exception cref="MigrationException">It may not; nothing was written by this look.</exception>
    public void Check(MigrationComparison comparison, int applied = 0)
    {
        var kept = applied == 0 ? "Nothing was applied" : $"The {applied} migration(s) that this run applied before are kept; nothing else was applied";
        var status = comparison.Status;
        if (status.Superseded.Count > 0 && options.SupersededMigrations == UnknownMigrationPolicy.Fail)
        {
            throw new MigrationException(
                DatabaseErrorKind.MigrationSuperseded,
                $"A newer version of the application migrated the database: it has {status.Superseded.Count} applied migration(s) that are newer than the newest of this one ({comparison.Set.Newest}): {Names(status.Superseded)}. {kept}; the database can still be read. Run that version, or a newer one; to go back for good, restore the backup that was made before. MigrationOptions.SupersededMigrations = Warn accepts the newer schema as it is.")
            {
                Identity = status.Superseded[0].Identity,
            };
        }

        var missing = status.Missing.Where(static row => !MigrationOrder.IsRepeatable(row.Identity)).ToList();
        if (missing.Count > 0 && options.MissingMigrations == UnknownMigrationPolicy.Fail)
        {
            throw new MigrationException($"The database has {missing.Count} applied migration(s) that this application does not have: {Names(missing)}. {kept}. Bring the scripts back (the history table keeps their text); if they were deleted on purpose, remove them from the history with RepairAsync (RemoveMissing), or set MigrationOptions.MissingMigrations = Warn.") { Identity = missing[0].Identity };
        }

        if (status.Modified.Count > 0)
        {
            throw Modified(comparison, kept);
        }

        if (status.Late.Count > 0 && options.LateMigrations == LateMigrationPolicy.Fail)
        {
            throw new MigrationException($"{status.Late.Count} migration(s) are not applied although a newer one is: {Names(status.Late)}. {kept}, as MigrationOptions.LateMigrations = Fail. Give them numbers behind the newest, or apply them with LateMigrations = Apply.") { Identity = status.Late[0].Identity };
        }
    }

    /// <summary>Says in the log what a run accepts.</summary>
    public void Tell(MigrationStatus status)
    {
        if (status.Superseded.Count > 0)
        {
            MigrationLog.Superseded(logger, Operation, status.Superseded.Count, Names(status.Superseded));
        }

        if (status.Missing.Count > 0)
        {
            MigrationLog.Missing(logger, Operation, status.Missing.Count, Names(status.Missing));
        }

        if (status.Late.Count > 0 && options.LateMigrations == LateMigrationPolicy.Warn)
        {
            MigrationLog.Late(logger, Operation, status.Late.Count, Names(status.Late));
        }

        if (status.Reformatted.Count > 0)
        {
            var names = Names(status.Reformatted);
            MigrationLog.Reformatted(logger, Operation, status.Reformatted.Count, names);
        }
    }

    private static MigrationException Modified(MigrationComparison comparison, string kept)
    {
        var modified = comparison.Status.Modified;
        var message = new StringBuilder($"{modified.Count} applied migration(s) say something else now: {Names(modified)}. {kept}. Restore the script as it was (the history table keeps its text) and put the change into a new migration; if the database has the change already, accept it with RepairAsync.");
        foreach (var migration in modified.Take(MaxDiffs))
        {
            message.Append(migration.Code is null
                ? $"\n--- {migration.Identity} as it was applied\n+++ {migration.Origin}\n{ScriptDiff.Of(comparison.Stored[migration.Identity], migration.Script)}"
                : $"\n{migration}: its Version is another than when it was applied.");
        }

        return new(message.ToString()) { Identity = modified[0].Identity };
    }

    private static string Names(IEnumerable<AppliedMigration> rows) => Join([.. rows.Select(static row => $"{row.Identity} {row.Name}")]);

    private static string Names(IEnumerable<Migration> migrations) => Join([.. migrations.Select(static migration => migration.ToString())]);

    private static string Join(IReadOnlyList<string> names)
        => string.Join(", ", names.Take(Shown)) + (names.Count > Shown ? $", and {names.Count - Shown} more" : string.Empty);
}
