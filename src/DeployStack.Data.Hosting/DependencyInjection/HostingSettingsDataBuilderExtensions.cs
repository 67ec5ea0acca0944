using System.Diagnostics.CodeAnalysis;
using DeployStack.Data.Hosting.Configuration;
using DeployStack.Data.Hosting.DependencyInjection;
using DeployStack.Data.Hosting.Startup;
using DeployStack.Data.Settings;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace DeployStack.Data;

/// <summary>Brings the settings of a database where .NET applications look for them.</summary>
public static class HostingSettingsDataBuilderExtensions
{
    private const string Reflection = "Binding looks at the properties at run time. Give the overload with a binding of the application's own, which the generator of configuration binding can write.";

    /// <summary>Fills <c>AddDeployStackSettings</c> when the host starts, where <c>MigrateOnStartup</c> is not called; with it,
    /// it is done already.</summary>
    /// <param name="builder">The database; settings may be added before or after this call.</param>
    /// <returns>The same builder.</returns>
    /// <remarks>The application calls <see cref="ISettingsStore.InitializeAsync"/> before it starts the host; a start without
    /// the tables of settings fails with <see cref="DatabaseErrorKind.SchemaMissing"/>.</remarks>
    public static IDeployStackDataBuilder AddSettingsConfiguration(this IDeployStackDataBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var name = builder.Name;
        AddFeed(builder);
        if (!builder.Services.Any(each => each.ServiceType == typeof(SettingsStartup) && name.Equals(each.ServiceKey)))
        {
            builder.Services.AddKeyedSingleton(name, static (provider, key) => new SettingsStartup(provider.GetRequiredKeyedService<SettingsFeed>(key)));
            builder.Services.AddSingleton<IHostedService>(provider => provider.GetRequiredKeyedService<SettingsStartup>(name));
        }

        return builder;
    }

    /// <summary>Binds options to the settings of a group: <c>smtp.from_name</c> in the group <c>smtp</c> to the property
    /// <c>FromName</c>, a dot to a property of a property.</summary>
    /// <typeparam name="T">The options; what no setting is named after keeps its value.</typeparam>
    /// <param name="builder">The database.</param>
    /// <param name="groupId">The group's id.</param>
    /// <param name="configure">Adds to the options, such as <c>ValidateDataAnnotations().ValidateOnStart()</c>; called at once.</param>
    /// <param name="optionsName">The name of the options. Default: those without a name.</param>
    /// <returns>The same builder.</returns>
    /// <remarks>
    /// <para>No <see cref="IConfiguration"/> is involved: no other source overrides a setting, and secrets of the group are
    /// there, decrypted, because this type asks for them.</para>
    /// <para><see cref="IOptionsMonitor{TOptions}"/> tells of each change of the group, in whatever process it was made, and of
    /// nothing else. Settings that do not bind, or do not pass validation, are told in the log, and the monitor keeps
    /// the options before. Where there are none before, options that are asked for fail with a
    /// <see cref="SettingException"/> that names the setting, or with the error of validation.</para>
    /// <para>The first options may be asked for before the host starts: the database is then prepared at once, if
    /// <c>MigrateOnStartup</c> is called, and its settings are read; the caller waits. While no engine is chosen the declared
    /// defaults are bound.</para>
    /// </remarks>
    [RequiresUnreferencedCode(Reflection)]
    [RequiresDynamicCode(Reflection)]
    public static IDeployStackDataBuilder BindSettings<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.All)] T>(
        this IDeployStackDataBuilder builder,
        string groupId,
        Action<OptionsBuilder<T>>? configure = null,
        string? optionsName = null)
        where T : class
        => builder.BindSettings(groupId, static (T options, IConfiguration section) => section.Bind(options), configure, optionsName);

    /// <summary>Binds options to the settings of a group by a method of the application; fit for trimming and compilation ahead
    /// of time.</summary>
    /// <typeparam name="T">The options.</typeparam>
    /// <param name="builder">The database.</param>
    /// <param name="groupId">The group's id.</param>
    /// <param name="bind">Takes the options and a section with the settings of the group: <c>(options, section) =>
    /// section.Bind(options)</c> in a project with <c>EnableConfigurationBindingGenerator</c>. Called at each change, by any thread.</param>
    /// <param name="configure">Adds to the options; called at once.</param>
    /// <param name="optionsName">The name of the options. Default: those without a name.</param>
    /// <returns>The same builder.</returns>
    /// <remarks>As for the other form.</remarks>
    public static IDeployStackDataBuilder BindSettings<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)] T>(
        this IDeployStackDataBuilder builder,
        string groupId,
        Action<T, IConfiguration> bind,
        Action<OptionsBuilder<T>>? configure = null,
        string? optionsName = null)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(groupId);
        ArgumentNullException.ThrowIfNull(bind);
        var (services, name, key) = (builder.Services, builder.Name, new object());
        optionsName ??= Options.DefaultName;
        AddFeed(builder);
        services.AddKeyedSingleton(key, (provider, _) =>
        {
            var feed = provider.GetRequiredKeyedService<SettingsFeed>(name);
            var binding = new GroupBinding<T>(feed, groupId, optionsName, bind, provider, HostingLogger.Of(provider));
            feed.Add(binding);
            return binding;
        });
        services.AddSingleton<IConfigureOptions<T>>(provider => provider.GetRequiredKeyedService<GroupBinding<T>>(key));
        services.AddSingleton<IOptionsChangeTokenSource<T>>(provider => provider.GetRequiredKeyedService<GroupBinding<T>>(key));
        configure?.Invoke(services.AddOptions<T>(optionsName));
        return builder;
    }

    /// <summary>What both ways need, and every preparation of the database starts.</summary>
    internal static void AddFeed(IDeployStackDataBuilder builder)
    {
        SettingsStartupValidator.AddTo(builder.Services);
        var name = builder.Name;
        if (!builder.Services.Any(each => each.ServiceType == typeof(SettingsFeed) && name.Equals(each.ServiceKey)))
        {
            builder.Services.AddKeyedSingleton(name, static (provider, key) => new SettingsFeed(provider, (string)key!, HostingLogger.Of(provider)));
        }
    }
}
