using System.Data.Common;
using DeployStack.Data.Hosting;
using DeployStack.Data.Hosting.DependencyInjection;
using DeployStack.Data.Hosting.Selection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace DeployStack.Data;

/// <summary>Registers a database whose engine is chosen from configuration.</summary>
public static class HostingServiceCollectionExtensions
{
    /// <summary>Registers the default database: <c>persistent_data/db.selection.json</c> chooses its engine, then
    /// <c>DB_TYPE</c>.</summary>
    /// <inheritdoc cref="AddDeployStackDatabase(IServiceCollection, IConfiguration, Action{DatabaseSelectionOptions})"/>
    public static IDeployStackDataBuilder AddDeployStackDatabase(this IServiceCollection services, IConfiguration configuration)
        => services.AddDeployStackDatabase(configuration, static _ => { });

    /// <summary>Registers a database: a selection file chooses its engine, then <c>DB_TYPE</c>.</summary>
    /// <param name="services">Where to register.</param>
    /// <param name="configuration">Holds <c>DB_TYPE</c>, the variables of the engines (<c>SQLITE_DB_PATH</c>) and their
    /// sections (<c>DeployStackData:Sqlite</c>). A variable that it lacks is looked up in the environment.</param>
    /// <param name="configure">Name, file and section.</param>
    /// <returns>The builder that features are added to.</returns>
    /// <remarks>
    /// Registered are <see cref="IDeployStackDatabase"/>, <see cref="IDatabaseSelection"/> and a <see cref="DbDataSource"/>,
    /// and what the engines add. Nothing is read or opened here. That no engine is chosen is a state
    /// (<see cref="IDatabaseSelection.GetCurrent"/>), not a failure of the start: the database can be resolved, and each of
    /// its calls fails with <see cref="DatabaseErrorKind.NotConfigured"/> until one is; services of one engine and the
    /// <see cref="DbDataSource"/> fail with it when they are resolved.
    /// </remarks>
    /// <exception cref="InvalidOperationException">A database of this name is registered already.</exception>
    public static IDeployStackDataBuilder AddDeployStackDatabase(this IServiceCollection services, IConfiguration configuration, Action<DatabaseSelectionOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configuration);
        ArgumentNullException.ThrowIfNull(configure);
        var options = new DatabaseSelectionOptions();
        configure(options);
        if (options.Name is null || string.IsNullOrWhiteSpace(options.SelectionFile) || string.IsNullOrWhiteSpace(options.Section))
        {
            throw new ArgumentException("Name must not be null, and SelectionFile and Section must not be empty.", nameof(configure));
        }

        var name = options.Name;
        if (services.Any(each => each.ServiceType == typeof(IDeployStackDatabase) && name.Equals(each.ServiceKey)))
        {
            throw new InvalidOperationException($"A database of the name '{name}' is registered already. Register it once: by AddDeployStackDatabase where configuration chooses the engine, by the engine's own method where it does not, or give this one another Name.");
        }

        var values = new ConfigurationValues(configuration);
        var catalog = ProviderCatalog.Load(options.Providers);
        var file = new SelectionFile(options.SelectionFile);
        var reader = new SelectionReader(file, values, catalog);
        services.AddKeyedSingleton(name, (provider, _) => new DatabaseSelector(
            name,
            reader,
            catalog,
            provider,
            provider.GetService<TimeProvider>() ?? TimeProvider.System,
            HostingLogger.Of(provider)));
        services.AddKeyedSingleton<IDatabaseSelection>(name, static (provider, key) => provider.GetRequiredKeyedService<DatabaseSelector>(key));
        services.AddKeyedSingleton<IDeployStackDatabase>(name, static (provider, key) => new SelectedDatabase((string)key!, provider.GetRequiredKeyedService<DatabaseSelector>(key)));
        services.AddKeyedSingleton<DbDataSource>(name, static (provider, key) => provider.GetRequiredKeyedService<DatabaseSelector>(key).DemandDataSource());
        if (name.Length == 0)
        {
            services.AddSingleton(static provider => provider.GetRequiredKeyedService<IDatabaseSelection>(string.Empty));
            services.AddSingleton(static provider => provider.GetRequiredKeyedService<IDeployStackDatabase>(string.Empty));
            services.AddSingleton(static provider => provider.GetRequiredKeyedService<DbDataSource>(string.Empty));
        }

        foreach (var provider in catalog.Present)
        {
            provider.Add(services, name, new ProviderSettings(provider, options, file, values));
        }

        var builder = new HostingDataBuilder(services, name);
        HostingSettingsDataBuilderExtensions.AddFeed(builder);
        return builder;
    }
}
