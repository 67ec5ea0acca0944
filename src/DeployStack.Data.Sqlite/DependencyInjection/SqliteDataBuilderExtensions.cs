using System.Data.Common;
using DeployStack.Data.Sqlite;
using DeployStack.Data.Sqlite.DependencyInjection;
using Microsoft.Extensions.DependencyInjection;

namespace DeployStack.Data;

/// <summary>Registers SQLite databases.</summary>
public static class SqliteDataBuilderExtensions
{
    /// <summary>Registers the default database: <c>persistent_data/database/deploystack.db</c>, or what the environment
    /// variable <c>SQLITE_DB_PATH</c> names.</summary>
    /// <param name="services">Where to register; a logger, a clock and a meter factory in it are used, none is needed.</param>
    /// <returns>The builder that features are added to.</returns>
    public static IDeployStackDataBuilder AddDeployStackSqlite(this IServiceCollection services)
        => services.AddDeployStackSqlite(string.Empty, static _ => { });

    /// <summary>Registers the default database.</summary>
    /// <param name="services">Where to register.</param>
    /// <param name="configure">Sets the options; validated before the database is first used, at start where there is a host.</param>
    /// <returns>The builder that features are added to.</returns>
    public static IDeployStackDataBuilder AddDeployStackSqlite(this IServiceCollection services, Action<SqliteOptions> configure)
        => services.AddDeployStackSqlite(string.Empty, configure);

    /// <summary>Registers a database under a name: its services are keyed by it.</summary>
    /// <param name="services">Where to register.</param>
    /// <param name="name">The key; empty for the default database, which is registered without a key as well.</param>
    /// <param name="configure">Sets the options.</param>
    /// <returns>The builder that features are added to.</returns>
    /// <remarks>Registered are <see cref="IDeployStackDatabase"/>, <see cref="ISqliteEngine"/> and a
    /// <see cref="DbDataSource"/>. Nothing is opened until first use. A second call with the same name adds to the options.</remarks>
    public static IDeployStackDataBuilder AddDeployStackSqlite(this IServiceCollection services, string name, Action<SqliteOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(configure);
        services.AddOptions<SqliteOptions>(name).Configure(configure).ValidateOnStart();
        SqliteServices.Add(services, name);
        return new SqliteDataBuilder(services, name);
    }
}
