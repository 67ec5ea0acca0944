namespace DeployStack.Data.Migrations.Sources;

/// <summary>A script as its source has it.</summary>
/// <param name="FileName">Without folder: <c>0001_teams.sql</c>.</param>
/// <param name="Origin">Where it is, for messages.</param>
/// <param name="Text">The SQL text as it is.</param>
internal sealed record MigrationFile(string FileName, string Origin, string Text);
