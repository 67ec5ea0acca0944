using Microsoft.Extensions.DependencyInjection;

namespace DeployStack.Data.Sqlite.DependencyInjection;

/// <summary>The builder of one registered SQLite database.</summary>
internal sealed class SqliteDataBuilder(IServiceCollection services, string name) : IDeployStackDataBuilder
{
    public IServiceCollection Services { get; } = services;

    public string Name { get; } = name;
}
