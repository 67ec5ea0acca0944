namespace DeployStack.Data.Migrations;

/// <summary>What a run is about to do, for <see cref="MigrationOptions.BeforeMigrate"/>.</summary>
/// <param name="Pending">What will be applied, in order; never empty. Another process may be faster with some of it.</param>
/// <param name="Applied">The rows of the history, in order; empty for a new database.</param>
public sealed record MigrationPlan(IReadOnlyList<Migration> Pending, IReadOnlyList<AppliedMigration> Applied);
