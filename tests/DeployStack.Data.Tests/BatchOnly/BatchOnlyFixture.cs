using DeployStack.Data.Sessions;
using DeployStack.Data.Testing.Conformance;
using DeployStack.Data.Tests.BatchOnly.Remote;
using Microsoft.Extensions.DependencyInjection;

namespace DeployStack.Data.Tests.BatchOnly;

/// <summary>The third subject of the contract: an engine that proves that the seam has not the shape of SQLite.</summary>
public sealed class BatchOnlyFixture : ConformanceFixture
{
    private static int _seed = 2026;

    public override bool KeepsData => true;

    public override object CreatePlace() => new RemoteEngine(Interlocked.Increment(ref _seed));

    public override IServiceProvider Register(object place, DatabaseSettings settings, Action<IDeployStackDataBuilder> configure)
    {
        var services = new ServiceCollection();
        services.AddKeyedSingleton(settings.Name, (provider, _) => DatabaseFactory.Create(
            new BatchOnlyProvider((RemoteEngine)place),
            settings with { Migrations = () => provider.GetKeyedService<IMigrationState>(settings.Name) }));
        if (settings.Name.Length == 0)
        {
            services.AddSingleton(provider => provider.GetRequiredKeyedService<IDeployStackDatabase>(settings.Name));
        }

        configure(new BatchOnlyBuilder(services, settings.Name));
        return services.BuildServiceProvider();
    }

    public override Task RemovePlaceAsync(object place)
    {
        ((RemoteEngine)place).Dispose();
        return Task.CompletedTask;
    }
}
