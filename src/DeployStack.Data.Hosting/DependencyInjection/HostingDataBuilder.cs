using Microsoft.Extensions.DependencyInjection;

namespace DeployStack.Data.Hosting.DependencyInjection;

/// <summary>The builder of one database whose engine is chosen from configuration.</summary>
internal sealed class HostingDataBuilder(IServiceCollection services, string name) : IDeployStackDataBuilder
{
    public IServiceCollection Services { get; } = services;

    public string Name { get; } = name;
}
