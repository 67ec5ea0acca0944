using DeployStack.Data.Migrations;

namespace DeployStack.Data.Plugins;

/// <summary>What <see cref="IPluginManager.ApplyAsync"/> did for one plugin.</summary>
/// <param name="Id">The plugin.</param>
/// <param name="IsInstalled">Whether this call installed it.</param>
/// <param name="Applied">The migrations that this call applied.</param>
/// <param name="IsInitialized">Whether this call ran its initialisation.</param>
public sealed record PluginResult(string Id, bool IsInstalled, IReadOnlyList<ExecutedMigration> Applied, bool IsInitialized);
