namespace DeployStack.Data.Migrations;

/// <summary>What one run of <see cref="IMigrationRunner.ApplyAsync"/> did.</summary>
/// <param name="Applied">The migrations that this run applied, in order.</param>
/// <param name="AlreadyApplied">How many of the application's migrations were there before, or were applied by another
/// process meanwhile.</param>
public sealed record MigrationResult(IReadOnlyList<ExecutedMigration> Applied, int AlreadyApplied);
