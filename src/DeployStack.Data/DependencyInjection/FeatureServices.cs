using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace DeployStack.Data.DependencyInjection;

/// <summary>How every feature stands in the container: keyed by the name of its database, and for the default one without a
/// key as well.</summary>
internal static class FeatureServices
{
    public static void AddFeature<T>(this IDeployStackDataBuilder builder, Func<IServiceProvider, string, T> create)
        where T : class
    {
        builder.Services.TryAddKeyedSingleton(builder.Name, (provider, key) => create(provider, (string)key!));
        if (builder.Name.Length == 0)
        {
            builder.Services.TryAddSingleton(static provider => provider.GetRequiredKeyedService<T>(string.Empty));
        }
    }

    /// <summary>What the calls before declared for the same database; made and registered by the first one.</summary>
    public static T Declared<T>(this IDeployStackDataBuilder builder, Action<T>? made = null)
        where T : class, new()
    {
        var declared = builder.Services.Where(each => each.IsKeyedService && each.ServiceType == typeof(T) && Equals(each.ServiceKey, builder.Name))
            .Select(static each => (T?)each.KeyedImplementationInstance)
            .FirstOrDefault();
        if (declared is null)
        {
            declared = new();
            builder.Services.AddKeyedSingleton(builder.Name, declared);
            made?.Invoke(declared);
        }

        return declared;
    }

    public static ILogger LoggerOf(this IServiceProvider provider, string category)
        => provider.GetService<ILoggerFactory>()?.CreateLogger(category) ?? NullLogger.Instance;
}
