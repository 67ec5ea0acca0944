using System.Data.Common;
using Microsoft.Extensions.DependencyInjection;

namespace DeployStack.Data.Provider;

/// <summary>How an engine package takes part when the engine is chosen from configuration.</summary>
/// <remarks>The package names its class by <see cref="ProvidesDatabaseAttribute"/>. Several packages may be present and
/// all are registered before one is chosen: <see cref="Add"/> must open nothing, read no setting and check none at start.</remarks>
public abstract class DatabaseProviderRegistration
{
    /// <summary>The words that choose this engine in <c>DB_TYPE</c> and in the selection file, in lower case.</summary>
    public abstract IReadOnlyList<string> Types { get; }

    /// <summary>The name of the engine's own part of the configuration, below <c>DeployStackData</c>: <c>Sqlite</c>.</summary>
    public abstract string Section { get; }

    /// <summary>Registers what the engine needs, keyed by <paramref name="name"/>. <see cref="IDeployStackDatabase"/> and
    /// <see cref="DbDataSource"/> under that key are taken by the chooser already.</summary>
    /// <param name="services">Where to register.</param>
    /// <param name="name">The key of the database; empty for the default one.</param>
    /// <param name="settings">To be asked when a service is first resolved, not before.</param>
    public abstract void Add(IServiceCollection services, string name, IDatabaseProviderSettings settings);

    /// <summary>Gets the engine's database, the same instance each time; called only when this engine is chosen. The
    /// chooser disposes it.</summary>
    /// <param name="services">The container that <see cref="Add"/> registered in.</param>
    /// <param name="name">The key of the database.</param>
    /// <exception cref="DatabaseException">A setting is wrong.</exception>
    public abstract IDeployStackDatabase GetDatabase(IServiceProvider services, string name);

    /// <summary>Gets the engine's ADO.NET source, or <see langword="null"/> where it has none (the default).</summary>
    /// <param name="services">The container that <see cref="Add"/> registered in.</param>
    /// <param name="name">The key of the database.</param>
    /// <exception cref="DatabaseException">A setting is wrong.</exception>
    public virtual DbDataSource? GetDataSource(IServiceProvider services, string name) => null;
}
