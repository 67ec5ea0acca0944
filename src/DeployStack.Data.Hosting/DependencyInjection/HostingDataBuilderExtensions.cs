using DeployStack.Data.Hosting.Configuration;
using DeployStack.Data.Hosting.DependencyInjection;
using DeployStack.Data.Hosting.Startup;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace DeployStack.Data;

/// <summary>Adds to a database what needs a host.</summary>
public static class HostingDataBuilderExtensions
{
    /// <summary>Opens the database, applies pending migrations and creates missing settings when the host starts, before
    /// any hosted service is started; then settings are loaded into the configuration (<c>AddDeployStackSettings</c>).</summary>
    /// <param name="builder">The database; migrations and settings may be added before or after this call.</param>
    /// <returns>The same builder.</returns>
    /// <remarks>A failure fails the start of the host with its <see cref="DatabaseException"/>. A database whose engine is
    /// not chosen yet is left alone, with a warning in the log: its set-up does the same work. Calling it twice does no
    /// more than calling it once.</remarks>
    public static IDeployStackDataBuilder MigrateOnStartup(this IDeployStackDataBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var name = builder.Name;
        HostingSettingsDataBuilderExtensions.AddFeed(builder);
        if (!builder.Services.Any(each => each.ServiceType == typeof(DatabaseStartup) && name.Equals(each.ServiceKey)))
        {
            builder.Services.AddKeyedSingleton(name, static (provider, key) => new DatabaseStartup(provider, (string)key!, HostingLogger.Of(provider)));
            builder.Services.AddKeyedSingleton<ISettingsPreparation>(name, static (provider, key) => provider.GetRequiredKeyedService<DatabaseStartup>(key));
            builder.Services.AddSingleton<IHostedService>(provider => provider.GetRequiredKeyedService<DatabaseStartup>(name));
        }

        return builder;
    }
}
