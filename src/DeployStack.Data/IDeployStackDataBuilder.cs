using Microsoft.Extensions.DependencyInjection;

namespace DeployStack.Data;

/// <summary>One registered database, to which features are added: <c>services.AddDeployStackSqlite().AddMigrations(…)</c>.</summary>
public interface IDeployStackDataBuilder
{
    /// <summary>The services that the database and its features are registered in.</summary>
    IServiceCollection Services { get; }

    /// <summary>The key of the database's services and the name of its options; empty for the default database.</summary>
    string Name { get; }
}
