using DeployStack.Data.Migrations;
using DeployStack.Data.Plugins.Confined;

namespace DeployStack.Data.Plugins.Running;

/// <summary>A declared plugin with what it works with.</summary>
/// <param name="Declared">The declaration.</param>
/// <param name="Runner">Applies its migrations on its behalf; <see langword="null"/> where it has none.</param>
/// <param name="Database">Its own view of the database.</param>
internal sealed record InstalledPlugin(PluginBuilder Declared, IMigrationRunner? Runner, PluginDatabase Database);
