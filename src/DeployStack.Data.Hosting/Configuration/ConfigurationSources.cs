using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.EnvironmentVariables;
using Microsoft.Extensions.DependencyInjection;

namespace DeployStack.Data.Hosting.Configuration;

/// <summary>Finds sources among others.</summary>
internal static class ConfigurationSources
{
    /// <summary>The place before the environment variables: those without a prefix, for the prefixed ones of the host come
    /// before the files; else the last ones; else the end.</summary>
    public static int BeforeEnvironment(IList<IConfigurationSource> sources)
    {
        var last = sources.Count;
        for (var i = 0; i < sources.Count; i++)
        {
            if (sources[i] is EnvironmentVariablesConfigurationSource environment)
            {
                if (string.IsNullOrEmpty(environment.Prefix))
                {
                    return i;
                }

                last = i;
            }
        }

        return last;
    }

    /// <summary>The sources of settings in the application's configuration, also in one that is chained into it.</summary>
    public static IReadOnlyList<SettingsConfigurationSource> Of(IServiceProvider services)
        => [.. In(services.GetService<IConfiguration>()).Distinct()];

    private static IEnumerable<SettingsConfigurationSource> In(IConfiguration? configuration)
        => (configuration as IConfigurationRoot)?.Providers.SelectMany(static provider => provider switch
        {
            SettingsConfigurationProvider settings => [settings.Source],
            ChainedConfigurationProvider chained => In(chained.Configuration),
            _ => Enumerable.Empty<SettingsConfigurationSource>(),
        }) ?? [];
}
