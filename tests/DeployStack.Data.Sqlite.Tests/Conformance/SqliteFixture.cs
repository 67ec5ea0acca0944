using DeployStack.Data.Sessions;
using DeployStack.Data.Testing.Conformance;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace DeployStack.Data.Sqlite.Tests.Conformance;

/// <summary>SQLite as applications register it.</summary>
public abstract class SqliteFixture : ConformanceFixture
{
    public override IServiceProvider Register(object place, DatabaseSettings settings, Action<IDeployStackDataBuilder> configure)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var services = new ServiceCollection();
        services.AddSingleton<ILoggerFactory>(new OneLoggerFactory(settings.Logger));
        services.AddSingleton(settings.Time);
        if (settings.Meters is { } meters)
        {
            services.AddSingleton(meters);
        }

        configure(services.AddDeployStackSqlite(settings.Name, options =>
        {
            options.Path = PathOf(place);
            options.Profile = SqliteProfile.Testing;
            options.Types = settings.Types;
            options.SlowQueryThreshold = settings.SlowQueryThreshold;
            options.OnQuery = settings.OnQuery;
            options.LogParameterValues = settings.LogParameterValues;
        }));
        return services.BuildServiceProvider();
    }

    protected abstract string PathOf(object place);

    private sealed class OneLoggerFactory(ILogger logger) : ILoggerFactory
    {
        public ILogger CreateLogger(string categoryName) => logger;

        public void AddProvider(ILoggerProvider provider)
        {
        }

        public void Dispose()
        {
        }
    }
}
