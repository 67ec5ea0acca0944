namespace DeployStack.Data.Migrations;

/// <summary>One row of the migration history.</summary>
/// <param name="Identity">What the application knows it by as well; see <see cref="Migration.Identity"/>.</param>
/// <param name="Name">The words of the file name when it was applied.</param>
/// <param name="Checksum">Of the script as it was applied; see <see cref="Migration.Checksum"/>.</param>
/// <param name="AppliedAt">When, in UTC, to the millisecond, by the clock of the process that applied it.</param>
public sealed record AppliedMigration(string Identity, string Name, string Checksum, DateTimeOffset AppliedAt)
{
    /// <summary>How the row came into the history.</summary>
    public MigrationHistoryKind Kind { get; init; }
}
