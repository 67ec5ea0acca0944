using DeployStack.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace DeployStack.Data.Reliability.Host;

/// <summary>Opens the database as an application does.</summary>
internal static class Database
{
    public static ServiceProvider Register(string path, Action<SqliteOptions>? configure = null)
    {
        var services = new ServiceCollection();
        services.AddDeployStackSqlite(options =>
        {
            options.Path = path;
            configure?.Invoke(options);
        });
        return services.BuildServiceProvider();
    }
}
