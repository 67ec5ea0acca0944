namespace DeployStack.Data.Migrations.Adoption;

/// <summary>Reads the history that another tool left in the database, so that what it applied counts as applied.</summary>
public interface IMigrationAdoption
{
    /// <summary>The tables in which the other tool keeps its history; <see cref="IMigrationRunner.ValidateAsync"/> does not call
    /// them drift. Empty by default.</summary>
    IReadOnlyCollection<string> Tables => [];

    /// <summary>Tells which migrations were applied by the other tool. Asked whenever a migration of the application is not
    /// in the history, by <see cref="IMigrationRunner.GetStatusAsync"/> too; it must not write.</summary>
    /// <param name="database">The database to read.</param>
    /// <param name="migrations">All migrations of the application, in order, without repeatable ones.</param>
    /// <param name="applied">The history as it is.</param>
    /// <param name="cancellationToken">The token of the call.</param>
    /// <returns>The migrations that count as applied; those that are in the history already are ignored.</returns>
    /// <exception cref="MigrationException">The other history cannot be read, or does not fit the migrations; nothing is
    /// written then.</exception>
    Task<IReadOnlyList<AdoptedMigration>> FindAsync(
        IDeployStackDatabase database,
        IReadOnlyList<Migration> migrations,
        IReadOnlyList<AppliedMigration> applied,
        CancellationToken cancellationToken);
}
