using DeployStack.Data.DependencyInjection;
using DeployStack.Data.Settings;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace DeployStack.Data;

/// <summary>Registers what encrypts the secret settings of a database.</summary>
public static class SettingSecretsDataBuilderExtensions
{
    /// <summary>Encrypts secrets with AES-256-GCM, under keys from a callback, a key file or the environment variable
    /// <c>DEPLOYSTACK_ENCRYPTION_SECRET</c>.</summary>
    /// <param name="builder">The database.</param>
    /// <param name="configure">Called once, when the protector is first asked for; nothing for the environment alone.</param>
    /// <remarks>Registered is an <see cref="ISettingProtector"/>, keyed by the name of the database, for the default
    /// database without a key as well. Keys are read when the first secret is; without any, secrets stay unset.</remarks>
    /// <returns><paramref name="builder"/>.</returns>
    public static IDeployStackDataBuilder AddSettingSecrets(this IDeployStackDataBuilder builder, Action<SettingSecretsOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var options = builder.Services.AddOptions<SettingSecretsOptions>(builder.Name);
        if (configure is not null)
        {
            options.Configure(configure);
        }

        builder.AddFeature(static (provider, name) => SettingProtectorFactory.Create(provider.GetRequiredService<IOptionsMonitor<SettingSecretsOptions>>().Get(name)));
        return builder;
    }

    /// <summary>Encrypts secrets with the application's own protector, in place of the library's.</summary>
    /// <param name="builder">The database.</param>
    /// <param name="create">Called once, when the protector is first asked for. The last call counts, before and after
    /// <see cref="AddSettingSecrets"/>.</param>
    /// <returns><paramref name="builder"/>.</returns>
    public static IDeployStackDataBuilder AddSettingProtector(this IDeployStackDataBuilder builder, Func<IServiceProvider, ISettingProtector> create)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(create);
        builder.Services.AddKeyedSingleton(builder.Name, (provider, _) => create(provider));
        builder.AddFeature((provider, _) => create(provider)); // the default database's without a key
        return builder;
    }
}
