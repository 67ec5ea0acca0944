using DeployStack.Data.DependencyInjection;
using DeployStack.Data.Plugins;
using DeployStack.Data.Settings;
using Microsoft.Extensions.DependencyInjection;

namespace DeployStack.Data;

/// <summary>Registers the plugins of a database.</summary>
public static class PluginsDataBuilderExtensions
{
    /// <summary>Registers a plugin: its tables, its settings, what it does once.</summary>
    /// <param name="builder">The database.</param>
    /// <param name="id">What its tables begin with, before an underscore: 1 to 64 ASCII letters, digits, <c>-</c> and
    /// <c>_</c>, the first a letter.</param>
    /// <param name="configure">Called at once; an error in the declarations appears here.</param>
    /// <remarks>Registered is an <see cref="IPluginManager"/>, keyed by the name of the database, for the default database
    /// without a key as well. Nothing runs before <see cref="IPluginManager.ApplyAsync"/>, which MigrateOnStartup calls.</remarks>
    /// <returns><paramref name="builder"/>.</returns>
    /// <exception cref="ArgumentException">The id does not fit, or clashes with another one.</exception>
    /// <exception cref="PluginException">The plugin declares settings that are not its own.</exception>
    public static IDeployStackDataBuilder AddPlugin(this IDeployStackDataBuilder builder, string id, Action<PluginBuilder> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configure);
        var declared = builder.Declared<PluginsBuilder>(made => builder.Services.AddKeyedSingleton(builder.Name, made.Principals)); // for the provider
        declared.Add(id, configure);
        foreach (var group in declared.Plugins[^1].Settings)
        {
            builder.AddSettings(settings => settings.Add(group));
        }

        builder.AddFeature(Create);
        return builder;
    }

    private static IPluginManager Create(IServiceProvider provider, string name) => PluginManagerFactory.Create(
        provider.GetRequiredKeyedService<IDeployStackDatabase>(name),
        provider.GetRequiredKeyedService<PluginsBuilder>(name),
        provider.GetKeyedService<ISettingsStore>(name),
        provider.GetService<TimeProvider>(),
        provider.LoggerOf("DeployStack.Data.Plugins"));
}
