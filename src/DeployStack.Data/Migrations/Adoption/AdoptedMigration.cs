namespace DeployStack.Data.Migrations.Adoption;

/// <summary>A migration that another tool applied.</summary>
/// <param name="Identity">The identity of one of the application's migrations.</param>
/// <param name="AppliedAt">When, by the other tool's history, in UTC.</param>
public sealed record AdoptedMigration(string Identity, DateTimeOffset AppliedAt);
