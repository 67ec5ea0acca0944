namespace DeployStack.Data.Migrations;

/// <summary>What happens to a migration that is not applied although a newer one is: it came from a branch that was merged
/// later. It is never skipped silently.</summary>
public enum LateMigrationPolicy
{
    /// <summary>It is applied, before those that are newer and not applied either. The default.</summary>
    Apply = 0,

    /// <summary>It is not applied; <see cref="MigrationStatus.Late"/> and a warning in the log name it at each run.</summary>
    Warn,

    /// <summary>Nothing is applied; the run fails and names it.</summary>
    Fail,
}
