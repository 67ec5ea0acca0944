namespace DeployStack.Data.Migrations;

/// <summary>The application's migrations beside the history of the database; every list is in the order of identities.</summary>
/// <param name="Applied">All rows of the history, and those that <see cref="MigrationOptions.Adoptions"/> would add.</param>
/// <param name="Pending">What <see cref="IMigrationRunner.ApplyAsync"/> would apply; repeatable scripts last, those that
/// were never applied and those that were changed.</param>
/// <param name="Missing">Applied, no migration of the application, and older than its newest: deleted since, or of another
/// branch. Also repeatable scripts that are gone.</param>
/// <param name="Modified">Applied, and the statements of the script are others now; no migration is applied while there is one.</param>
public sealed record MigrationStatus(
    IReadOnlyList<AppliedMigration> Applied,
    IReadOnlyList<Migration> Pending,
    IReadOnlyList<AppliedMigration> Missing,
    IReadOnlyList<Migration> Modified)
{
    /// <summary>Applied, no migration of the application, and newer than its newest: a newer version migrated the database.
    /// It may be read; <see cref="IMigrationRunner.ApplyAsync"/> refuses it.</summary>
    public IReadOnlyList<AppliedMigration> Superseded { get; init; } = [];

    /// <summary>Not applied although a newer one is; with <see cref="LateMigrationPolicy.Warn"/> they are not in
    /// <see cref="Pending"/>.</summary>
    public IReadOnlyList<Migration> Late { get; init; } = [];

    /// <summary>Applied, and comments or white space of the script are others now: accepted as the same.</summary>
    public IReadOnlyList<Migration> Reformatted { get; init; } = [];
}
