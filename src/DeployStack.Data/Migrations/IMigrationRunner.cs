using DeployStack.Data.Migrations.Lint;
using DeployStack.Data.Migrations.Rehearsal;
using DeployStack.Data.Migrations.Validation;

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

    /// <summary>Runs what is pending on a copy of the live database, exactly as <see cref="ApplyAsync"/> would, and tells
    /// what it did. The copy is thrown away; the live database is only read, and its writers go on.</summary>
    /// <param name="options">What to look at besides; <see langword="null"/> for the defaults.</param>
    /// <param name="cancellationToken">Stops it; nothing is left of the copy.</param>
    /// <returns>What happened. A migration that fails is part of it and no exception. Without anything pending and without
    /// queries no copy is taken, and the report is empty.</returns>
    /// <exception cref="MigrationException">A script cannot be read, or two have one identity.</exception>
    /// <exception cref="DatabaseException">The engine takes no copy of a live database
    /// (<see cref="DatabaseErrorKind.NotSupported"/>), there is no room for it (<see cref="DatabaseErrorKind.DiskFull"/>), or it
    /// failed.</exception>
    Task<RehearsalReport> RehearseAsync(RehearsalOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>Finds everything that is wrong at once: modified, missing and pending migrations, and drift: the history is
    /// replayed in an empty database, and each object that the live schema has otherwise is named.</summary>
    /// <param name="cancellationToken">Stops it within 50 ms.</param>
    /// <remarks>Replayed is the text that the history kept, of all features; data is not compared. On an engine without
    /// <see cref="DatabaseCapabilities.EmptyDatabases"/> drift counts as not checked. Nothing is written.</remarks>
    /// <exception cref="MigrationException">A script cannot be read, or two have one identity.</exception>
    /// <exception cref="DatabaseException">The history or the schema could not be read.</exception>
    Task<MigrationValidation> ValidateAsync(CancellationToken cancellationToken = default);

    /// <summary>Writes the application's migrations as one script for the <c>sqlite3</c> shell that brings a database from any
    /// state of this history to the newest one; run again it changes nothing.</summary>
    /// <param name="cancellationToken">Stops the reading of the scripts.</param>
    /// <remarks>Run it as <c>sqlite3 app.db &lt; script.sql</c>, with version 3.37 or newer, in a folder that is nobody
    /// else's: the shell writes a small file there and reads it back. The first error ends the shell, with the migration
    /// undone and a non-zero exit code. The rows of the history are those that <see cref="ApplyAsync"/> writes.</remarks>
    /// <exception cref="MigrationException">A script cannot be read, may not run, or holds what the shell cannot do.</exception>
    Task<string> ScriptAsync(CancellationToken cancellationToken = default);

    /// <summary>Looks at the pending migrations for what loses data, depends on data or cannot run; nothing is written. It
    /// reads the schema, and counts the rows of the tables that findings are about up to 10,000.</summary>
    /// <param name="cancellationToken">Stops the read within 50 ms.</param>
    /// <remarks><see cref="ApplyAsync"/> does the same first, as <see cref="MigrationOptions.Lint"/> says.</remarks>
    /// <exception cref="MigrationException">A script cannot be read or taken apart.</exception>
    /// <exception cref="DatabaseException">The history, the schema or the rows could not be read.</exception>
    Task<LintReport> LintAsync(CancellationToken cancellationToken = default);
}
