namespace DeployStack.Data.Migrations;

/// <summary>How far a run is; reported after each migration.</summary>
/// <param name="Last">The migration that was just applied.</param>
/// <param name="Done">How many this run has applied so far.</param>
/// <param name="Total">How many it will have applied at its end, unless another process takes some.</param>
public sealed record MigrationProgress(ExecutedMigration Last, int Done, int Total);
