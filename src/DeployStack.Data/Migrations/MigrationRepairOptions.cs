namespace DeployStack.Data.Migrations;

/// <summary>What <see cref="IMigrationRunner.RepairAsync"/> may change in the history.</summary>
public sealed record MigrationRepairOptions
{
    /// <summary>Whether rows of migrations that the application does not have (<see cref="MigrationStatus.Missing"/>) are
    /// deleted. What they did to the database stays, and is not described by any migration then. Rows that are newer than
    /// the application (<see cref="MigrationStatus.Superseded"/>) are never deleted. Default <see langword="false"/>.</summary>
    public bool RemoveMissing { get; init; }
}
