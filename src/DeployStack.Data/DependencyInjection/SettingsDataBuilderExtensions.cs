using DeployStack.Data.DependencyInjection;
using DeployStack.Data.Settings;
using Microsoft.Extensions.DependencyInjection;

namespace DeployStack.Data;

/// <summary>Registers the settings of a database.</summary>
public static class SettingsDataBuilderExtensions
{
    /// <summary>Declares groups of settings.</summary>
    /// <param name="builder">The database that holds them.</param>
    /// <param name="configure">Called at once; an error in the declarations appears here.</param>
    /// <remarks>Registered is an <see cref="ISettingsStore"/>, keyed by the name of the database, for the default database
    /// without a key as well. Several calls add their groups. Nothing is written before
    /// <see cref="ISettingsStore.InitializeAsync"/>.</remarks>
    /// <returns><paramref name="builder"/>.</returns>
    /// <exception cref="ArgumentException">A group or key is declared twice.</exception>
    public static IDeployStackDataBuilder AddSettings(this IDeployStackDataBuilder builder, Action<SettingsBuilder> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configure);
        configure(builder.Declared<SettingsBuilder>());
        builder.AddFeature(Create);
        builder.AddFeature(static (provider, name) => (ISettingSecrets)provider.GetRequiredKeyedService<ISettingsStore>(name));
        return builder;
    }

    private static ISettingsStore Create(IServiceProvider provider, string name) => SettingsStoreFactory.Create(
        provider.GetRequiredKeyedService<IDeployStackDatabase>(name),
        provider.GetRequiredKeyedService<SettingsBuilder>(name),
        provider.GetService<TimeProvider>(),
        provider.LoggerOf("DeployStack.Data.Settings"),
        provider.GetKeyedService<ISettingProtector>(name),
        provider.GetKeyedServices<ISettingCiphertextReader>(name));
}
