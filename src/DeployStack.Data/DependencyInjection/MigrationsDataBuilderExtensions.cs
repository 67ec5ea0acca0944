using DeployStack.Data.DependencyInjection;
using System.Reflection;
using DeployStack.Data.Migrations;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace DeployStack.Data;

/// <summary>Registers the migrations of a database.</summary>
public static class MigrationsDataBuilderExtensions
{
    /// <summary>Adds the scripts <c>NNNN_name.sql</c> that are embedded in an assembly.</summary>
    /// <inheritdoc cref="AddMigrations(IDeployStackDataBuilder, Action{MigrationOptions})"/>
    /// <param name="builder">The database.</param>
    /// <param name="assembly">In its project: <c>&lt;EmbeddedResource Include="Migrations/*.sql" /&gt;</c>.</param>
    public static IDeployStackDataBuilder AddMigrations(this IDeployStackDataBuilder builder, Assembly assembly)
    {
        var source = MigrationSource.FromAssembly(assembly);
        return builder.AddMigrations(options => options.Sources.Add(source));
    }

    /// <summary>Adds the scripts <c>NNNN_name.sql</c> of a folder.</summary>
    /// <inheritdoc cref="AddMigrations(IDeployStackDataBuilder, Action{MigrationOptions})"/>
    /// <param name="builder">The database.</param>
    /// <param name="folder">A relative path counts from the folder of the application.</param>
    public static IDeployStackDataBuilder AddMigrations(this IDeployStackDataBuilder builder, string folder)
    {
        var source = MigrationSource.FromFolder(folder);
        return builder.AddMigrations(options => options.Sources.Add(source));
    }

    /// <summary>Adds sources of migrations and sets how they are run.</summary>
    /// <param name="builder">The database.</param>
    /// <param name="configure">Called once, when the runner is first asked for.</param>
    /// <remarks>Registered is an <see cref="IMigrationRunner"/>, keyed by the name of the database, for the default
    /// database without a key as well. Several calls add their sources to one ordered set. Nothing runs by itself.</remarks>
    /// <returns><paramref name="builder"/>.</returns>
    public static IDeployStackDataBuilder AddMigrations(this IDeployStackDataBuilder builder, Action<MigrationOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configure);
        builder.Services.AddOptions<MigrationOptions>(builder.Name).Configure(configure);
        builder.AddFeature(Create);
        builder.AddFeature(static (provider, name) => (IMigrationState)provider.GetRequiredKeyedService<IMigrationRunner>(name));
        return builder;
    }

    private static IMigrationRunner Create(IServiceProvider provider, string name) => MigrationRunnerFactory.Create(
        provider.GetRequiredKeyedService<IDeployStackDatabase>(name),
        provider.GetRequiredService<IOptionsMonitor<MigrationOptions>>().Get(name),
        provider.GetService<TimeProvider>(),
        provider.LoggerOf("DeployStack.Data.Migrations"));
}
