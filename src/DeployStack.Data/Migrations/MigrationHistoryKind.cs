namespace DeployStack.Data.Migrations;

/// <summary>How a row came into the migration history.</summary>
public enum MigrationHistoryKind
{
    /// <summary>The migration was executed.</summary>
    Executed = 0,

    /// <summary><see cref="IMigrationRunner.BaselineAsync"/> marked it as applied; nothing was executed.</summary>
    Baseline,

    /// <summary>The history of another tool says that it was applied; nothing was executed.</summary>
    Adopted,
}
