using DeployStack.Data.Provider;
using DeployStack.Data.Sessions;
using DeployStack.Data.Tests.BatchOnly;
using DeployStack.Data.Tests.BatchOnly.Remote;
using Microsoft.Extensions.DependencyInjection;

namespace DeployStack.Data.Hosting.Tests;

/// <summary>An engine that an application brings itself: batches only, and no probe of its own.</summary>
internal sealed class RemoteRegistration : DatabaseProviderRegistration, IDisposable
{
    private readonly RemoteEngine _engine = new(seed: 7);

    public IDatabaseProviderSettings? Settings { get; private set; }

    public override IReadOnlyList<string> Types { get; } = ["remote"];

    public override string Section => "Remote";

    public override void Add(IServiceCollection services, string name, IDatabaseProviderSettings settings)
    {
        Settings = settings;
        services.AddKeyedSingleton(name, (_, key) => new Held(DatabaseFactory.Create(new BatchOnlyProvider(_engine), new() { Name = (string)key! })));
    }

    public override IDeployStackDatabase GetDatabase(IServiceProvider services, string name) => services.GetRequiredKeyedService<Held>(name).Database;

    public void Dispose() => _engine.Dispose();

    private sealed record Held(IDeployStackDatabase Database);
}
