namespace DeployStack.Data.Schema;

/// <summary>A line of a definition.</summary>
/// <param name="Key">What it means: equal for lines that the engine reads alike.</param>
/// <param name="Text">As it is shown.</param>
internal sealed record DefinitionLine(string Key, string Text);
