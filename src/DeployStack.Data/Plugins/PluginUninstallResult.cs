namespace DeployStack.Data.Plugins;

/// <summary>What <see cref="IPluginManager.UninstallAsync"/> exported and dropped.</summary>
/// <param name="Id">As the caller gave it.</param>
/// <param name="Tables">Their names, in the order in which they were created.</param>
/// <param name="Rows">The rows that they had together.</param>
public sealed record PluginUninstallResult(string Id, IReadOnlyList<string> Tables, long Rows);
