using Microsoft.Extensions.DependencyInjection;

namespace DeployStack.Data.Tests.BatchOnly;

internal sealed class BatchOnlyBuilder(IServiceCollection services, string name) : IDeployStackDataBuilder
{
    public IServiceCollection Services { get; } = services;

    public string Name { get; } = name;
}
