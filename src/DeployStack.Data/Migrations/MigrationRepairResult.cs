namespace DeployStack.Data.Migrations;

/// <summary>What <see cref="IMigrationRunner.RepairAsync"/> changed in the history; nothing else was touched.</summary>
/// <param name="Accepted">The migrations whose text and checksum are now kept as the application has them.</param>
/// <param name="Removed">The rows that were deleted.</param>
public sealed record MigrationRepairResult(IReadOnlyList<Migration> Accepted, IReadOnlyList<AppliedMigration> Removed);
