namespace DeployStack.Data.Migrations.Validation;

/// <summary>Everything that is wrong between the application's migrations and the database, at once.</summary>
/// <param name="Status">What is applied, pending, missing, superseded and modified.</param>
/// <param name="Drift">Whether the schema is what the applied migrations make.</param>
public sealed record MigrationValidation(MigrationStatus Status, SchemaDrift Drift)
{
    /// <summary>Whether everything was checked and nothing was found: nothing pending, missing, superseded or modified, and the schema
    /// is as it should be. Drift that could not be checked is not fine.</summary>
    public bool IsValid => Findings.Count == 0;

    /// <summary>A sentence for each finding, in the order: superseded, modified, missing, pending, late, drift. A script of
    /// which only comments or white space were changed is none.</summary>
    public IReadOnlyList<string> Findings =>
    [
        .. Status.Superseded.Select(static each => $"Migration {each.Identity} {each.Name} was applied by a newer version of the application."),
        .. Status.Modified.Select(static each => $"The script of migration {each} was changed after it was applied."),
        .. Status.Missing.Select(static each => $"Migration {each.Identity} {each.Name} is applied, and the application has no script of it."),
        .. Status.Pending.Select(static each => $"Migration {each} is pending."),
        .. Status.Late.Except(Status.Pending).Select(static each => $"Migration {each} is older than the newest that is applied, and is left out."),
        .. Drift.Findings,
    ];
}
