using DeployStack.Data.Migrations.Lint;

namespace DeployStack.Data.Migrations;

/// <summary>Brings a database to the state that the application's migrations describe.</summary>
/// <remarks>Thread-safe; several instances and processes may run it at the same time. The migrations are read at the first
/// call and kept. It uses atomic batches and queries only, so it works on every engine.</remarks>
public interface IMigrationRunner
{
    /// <summary>Compares the application's migrations with the history of the database; nothing is written.</summary>
    /// <param name="cancellationToken">Stops the read within 50 ms.</param>
    /// <exception cref="MigrationException">A script cannot be read, two have one identity, or the history of another tool
    /// cannot be adopted.</exception>
    /// <exception cref="DatabaseException">The history could not be read.</exception>
    Task<MigrationStatus> GetStatusAsync(CancellationToken cancellationToken = default);

    /// <summary>Applies what is pending, in the order of the identities, each migration in one transaction that is on the
    /// device when it completes (<see cref="Durability.Full"/>).</summary>
    /// <param name="cancellationToken">Stops between two migrations, or undoes the one that runs.</param>
    /// <remarks>All pending scripts are taken apart before the first one runs. A migration that another process applies
    /// at the same time counts as already applied.</remarks>
    /// <returns>What this call applied, and how many were there before.</returns>
    /// <exception cref="MigrationException">A script is wrong, an applied one was changed, the database has migrations that
    /// the application does not have, or a statement failed; the database stands at the migration before.</exception>
    /// <exception cref="DatabaseException">The history could not be read or created.</exception>
    /// <exception cref="OperationCanceledException">The token fired; migrations completed before stay applied.</exception>
    Task<MigrationResult> ApplyAsync(CancellationToken cancellationToken = default);

    /// <summary>Marks the migrations up to one as applied without executing them, for a database that has their schema
    /// already, from another tool or an export.</summary>
    /// <param name="identity">The last one to mark (<c>0012</c>). Repeatable scripts are never marked.</param>
    /// <param name="cancellationToken">Stops before the commit.</param>
    /// <returns>The rows that were written, in one durable transaction.</returns>
    /// <exception cref="MigrationException">The application has no migration of this identity, or the history is not empty;
    /// nothing was marked.</exception>
    /// <exception cref="DatabaseException">The history could not be read or written.</exception>
    Task<IReadOnlyList<AppliedMigration>> BaselineAsync(string identity, CancellationToken cancellationToken = default);

    /// <summary>Accepts the applied scripts as they are now: where their text differs, the history takes the new text and
    /// checksum. No statement of a migration is executed.</summary>
    /// <param name="options">What else may be changed; <see langword="null"/> for nothing.</param>
    /// <param name="cancellationToken">Stops before the commit.</param>
    /// <returns>What was changed, in one durable transaction; empty lists where nothing differed.</returns>
    /// <exception cref="MigrationException">A script cannot be read, or the history changed at the same time; nothing was
    /// changed.</exception>
    /// <exception cref="DatabaseException">The history could not be read or written.</exception>
    Task<MigrationRepairResult> RepairAsync(MigrationRepairOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>Looks at the pending migrations for what loses data, depends on data or cannot run; nothing is written. It
    /// reads the schema, and counts the rows of the tables that findings are about up to 10,000.</summary>
    /// <param name="cancellationToken">Stops the read within 50 ms.</param>
    /// <remarks><see cref="ApplyAsync"/> does the same first, as <see cref="MigrationOptions.Lint"/> says.</remarks>
    /// <exception cref="MigrationException">A script cannot be read or taken apart.</exception>
    /// <exception cref="DatabaseException">The history, the schema or the rows could not be read.</exception>
    Task<LintReport> LintAsync(CancellationToken cancellationToken = default);
}
