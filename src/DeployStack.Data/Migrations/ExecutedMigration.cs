namespace DeployStack.Data.Migrations;

/// <summary>A migration that was just applied.</summary>
/// <param name="Identity">The number of its file name, at least four digits.</param>
/// <param name="Name">The words of its file name.</param>
/// <param name="Duration">From the call to the commit, the wait for the write lock included.</param>
public sealed record ExecutedMigration(string Identity, string Name, TimeSpan Duration);
