namespace DeployStack.Data.Migrations;

/// <summary>A migration that was just applied.</summary>
/// <param name="Identity">What the migration is known by in the history: the number of its file name, behind the stream where there is one.</param>
/// <param name="Name">The words of its file name.</param>
/// <param name="Duration">From the call to the commit, the wait for the write lock included.</param>
public sealed record ExecutedMigration(string Identity, string Name, TimeSpan Duration);
