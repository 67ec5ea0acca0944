namespace DeployStack.Data.Migrations;

/// <summary>Brings a database to the state that the application's migrations describe.</summary>
/// <remarks>Thread-safe; several instances and processes may run it at the same time. The scripts are read at the first
/// call and kept. It uses atomic batches and queries only, so it works on every engine.</remarks>
public interface IMigrationRunner
{
    /// <summary>Compares the application's migrations with the history of the database; nothing is written.</summary>
    /// <param name="cancellationToken">Stops the read within 50 ms.</param>
    /// <exception cref="MigrationException">A script cannot be read, or two have one identity.</exception>
    /// <exception cref="DatabaseException">The history could not be read.</exception>
    Task<MigrationStatus> GetStatusAsync(CancellationToken cancellationToken = default);

    /// <summary>Applies what is pending, in the order of the identities, each migration in one transaction that is on the
    /// device when it completes (<see cref="Durability.Full"/>).</summary>
    /// <param name="cancellationToken">Stops between two migrations, or undoes the one that runs.</param>
    /// <remarks>All pending scripts are taken apart before the first one runs. A migration that another process applies
    /// at the same time counts as already applied.</remarks>
    /// <returns>What this call applied, and how many were there before.</returns>
    /// <exception cref="MigrationException">A script is wrong, an applied one was changed, or a statement failed; the
    /// database stands at the migration before.</exception>
    /// <exception cref="DatabaseException">The history could not be read or created.</exception>
    /// <exception cref="OperationCanceledException">The token fired; migrations completed before stay applied.</exception>
    Task<MigrationResult> ApplyAsync(CancellationToken cancellationToken = default);
}
