using System.Data.Common;
using System.Diagnostics.Metrics;
using DeployStack.Data.Provider;
using DeployStack.Data.Sessions;
using DeployStack.Data.Sqlite.Connections;
using DeployStack.Data.Sqlite.Engine;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace DeployStack.Data.Sqlite.DependencyInjection;

/// <summary>The objects of one registered database, made together at first use.</summary>
internal sealed record SqliteRegistration(IDeployStackDatabase Database, ISqliteEngine Engine, DbDataSource DataSource)
{
    /// <summary>Makes them from what the container has; logger, clock and meters may be missing.</summary>
    public static SqliteRegistration Create(IServiceProvider services, string name)
    {
        var options = services.GetRequiredService<IOptionsMonitor<SqliteOptions>>().Get(name);
        var settings = SqliteSettings.From(options);
        if (settings.AllowNetworkFileSystem && StartupGuard.IsOnNetwork(settings))
        {
            settings = settings with { JournalMode = SqliteJournalMode.Truncate, Synchronous = SqliteSynchronous.Extra };
        }

        settings = settings with { Principals = services.GetKeyedService<PrincipalSet>(name) ?? settings.Principals };
        var logger = services.GetService<ILoggerFactory>()?.CreateLogger("DeployStack.Data.Sqlite") ?? NullLogger.Instance;
        var time = options.WaitClock ?? services.GetService<TimeProvider>() ?? TimeProvider.System;
        var meters = services.GetService<IMeterFactory>();
        var factory = new ConnectionFactory(settings, logger);
        var provider = new SqliteProvider(settings, factory, logger, time, meters);
        var database = DatabaseFactory.Create(provider, new DatabaseSettings
        {
            Name = name,
            Types = options.Types,
            Logger = logger,
            Meters = meters,
            Time = time,
            SlowQueryThreshold = options.SlowQueryThreshold,
            OnQuery = options.OnQuery,
            LogParameterValues = options.LogParameterValues,
            Migrations = () => services.GetKeyedService<IMigrationState>(name),
        });
        return new(database, provider, new SqliteDataSource(settings, factory));
    }
}
