namespace DeployStack.Data.Plugins;

/// <summary>What <see cref="IPluginManager.UninstallAsync"/> exported and dropped.</summary>
/// <param name="Id">The plugin.</param>
/// <param name="Tables">Its tables.</param>
/// <param name="Rows">The rows that they had together.</param>
public sealed record PluginUninstallResult(string Id, IReadOnlyList<string> Tables, long Rows);
