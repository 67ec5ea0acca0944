using DeployStack.Data.Hosting.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace DeployStack.Data.Hosting.Startup;

/// <summary>A host validates options before it starts anything, so also before settings are loaded. This loads them first,
/// where a configuration has a place for them.</summary>
internal sealed class SettingsStartupValidator(IServiceProvider services, IStartupValidator validator) : IStartupValidator
{
    /// <summary>Stands before the validator that <c>ValidateOnStart</c> registers, whether it does so before or after.</summary>
    public static void AddTo(IServiceCollection services)
    {
        if (services.Any(static each => each.ServiceType == typeof(Added)) || FindOriginal() is not { ImplementationType: { } original })
        {
            return;
        }

        services.AddSingleton<Added>();
        services.AddOptions();
        services.TryAdd(ServiceDescriptor.Transient(original, original));
        services.AddTransient<IStartupValidator>(provider => new SettingsStartupValidator(provider, (IStartupValidator)provider.GetRequiredService(original)));
    }

    public void Validate()
    {
        foreach (var source in ConfigurationSources.Of(services))
        {
            services.GetKeyedService<SettingsFeed>(source.Database)?.Demand();
        }

        validator.Validate();
    }

    // its type is not public
    private static ServiceDescriptor? FindOriginal()
    {
        var services = new ServiceCollection();
        services.AddOptions<object>().ValidateOnStart();
        return services.LastOrDefault(static each => each.ServiceType == typeof(IStartupValidator));
    }

    private sealed class Added;
}
