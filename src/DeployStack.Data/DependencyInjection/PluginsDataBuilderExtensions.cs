using DeployStack.Data.Plugins;
using DeployStack.Data.Settings;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

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
        var services = builder.Services;
        var declared = services.Where(each => each.IsKeyedService && each.ServiceType == typeof(PluginsBuilder) && Equals(each.ServiceKey, builder.Name))
            .Select(static each => (PluginsBuilder?)each.KeyedImplementationInstance)
            .FirstOrDefault();
        if (declared is null)
        {
            declared = new();
            services.AddKeyedSingleton(builder.Name, declared);
            services.AddKeyedSingleton(builder.Name, declared.Principals); // for the provider
        }

        declared.Add(id, configure);
        foreach (var group in declared.Plugins[^1].Settings)
        {
            builder.AddSettings(settings => settings.Add(group));
        }

        services.TryAddKeyedSingleton(builder.Name, static (provider, key) => Create(provider, (string)key!));
        if (builder.Name.Length == 0)
        {
            services.TryAddSingleton(static provider => provider.GetRequiredKeyedService<IPluginManager>(string.Empty));
        }

        return builder;
    }

    private static IPluginManager Create(IServiceProvider provider, string name) => PluginManagerFactory.Create(
        provider.GetRequiredKeyedService<IDeployStackDatabase>(name),
        provider.GetRequiredKeyedService<PluginsBuilder>(name),
        provider.GetKeyedService<ISettingsStore>(name),
        provider.GetService<TimeProvider>(),
        provider.GetService<ILoggerFactory>()?.CreateLogger("DeployStack.Data.Plugins") ?? NullLogger.Instance);
}
