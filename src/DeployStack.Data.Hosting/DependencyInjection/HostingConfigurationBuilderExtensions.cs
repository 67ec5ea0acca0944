using DeployStack.Data.Hosting;
using DeployStack.Data.Hosting.Configuration;
using Microsoft.Extensions.Configuration;

namespace DeployStack.Data;

/// <summary>Adds settings to the configuration of an application.</summary>
public static class HostingConfigurationBuilderExtensions
{
    /// <summary>Adds the settings of a database: <c>smtp.from_name</c> in the group <c>smtp</c> is the configuration key
    /// <c>smtp:fromname</c>, whatever its case.</summary>
    /// <param name="builder">The configuration of the application: <c>builder.Configuration</c>.</param>
    /// <param name="configure">Which database, which keys, whether secrets; called at once.</param>
    /// <returns><paramref name="builder"/>.</returns>
    /// <remarks>
    /// <para>A configuration is built before there is a database. So the source is empty until the host starts; then
    /// <c>MigrateOnStartup</c>, or <c>AddSettingsConfiguration</c> where the host does not migrate, fills it: after migrations
    /// and the initialisation of settings, before options are validated and hosted services started. What reads the
    /// configuration earlier, as constructors of hosted services do, does not find settings.</para>
    /// <para>From then on it is reloaded after each change, in whatever process it was made; where nothing changed it is not.
    /// A database that fails later changes nothing: the last values stay.</para>
    /// <para>A setting that is not set has its declared default; without one it is absent. Lists and JSON become sections, as in a
    /// JSON file. Secrets are left out unless asked for.</para>
    /// </remarks>
    /// <exception cref="ArgumentException">An option is null.</exception>
    public static IConfigurationBuilder AddDeployStackSettings(this IConfigurationBuilder builder, Action<SettingsConfigurationOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var options = new SettingsConfigurationOptions();
        configure?.Invoke(options);
        if (options.Database is null || options.Prefix is null || !Enum.IsDefined(options.Precedence))
        {
            throw new ArgumentException("Database and Prefix must not be null, and Precedence must be one that is defined.", nameof(configure));
        }

        var place = options.Precedence == SettingsPrecedence.BeforeEnvironment ? ConfigurationSources.BeforeEnvironment(builder.Sources) : builder.Sources.Count;
        builder.Sources.Insert(place, new SettingsConfigurationSource(options));
        return builder;
    }
}
