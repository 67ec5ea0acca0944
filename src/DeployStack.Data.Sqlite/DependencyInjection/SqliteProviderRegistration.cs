using System.Data.Common;
using DeployStack.Data.Provider;
using DeployStack.Data.Sqlite.DependencyInjection;
using Microsoft.Extensions.DependencyInjection;

[assembly: ProvidesDatabase(typeof(SqliteProviderRegistration))]

namespace DeployStack.Data.Sqlite.DependencyInjection;

/// <summary>SQLite as one of the engines that configuration may choose.</summary>
internal sealed class SqliteProviderRegistration : DatabaseProviderRegistration
{
    public override IReadOnlyList<string> Types { get; } = ["sqlite"];

    public override string Section => "Sqlite";

    public override void Add(IServiceCollection services, string name, IDatabaseProviderSettings settings)
    {
        // No ValidateOnStart: the chosen engine may be another one, or none yet.
        services.AddOptions<SqliteOptions>(name).Configure(options => SqliteConfiguration.Apply(options, settings));
        services.AddKeyedSingleton(name, (provider, key) =>
        {
            settings.DemandChosen(provider);
            return provider.GetRequiredKeyedService<SqliteRegistration>(key).Engine;
        });
        SqliteServices.Add(services, name);
    }

    public override IDeployStackDatabase GetDatabase(IServiceProvider services, string name)
        => services.GetRequiredKeyedService<SqliteRegistration>(name).Database;

    public override DbDataSource? GetDataSource(IServiceProvider services, string name)
        => services.GetRequiredKeyedService<SqliteRegistration>(name).DataSource;
}
