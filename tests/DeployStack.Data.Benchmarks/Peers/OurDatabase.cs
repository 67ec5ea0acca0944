using System.Data.Common;
using DeployStack.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace DeployStack.Data.Benchmarks.Peers;

/// <summary>DeployStack.Data as an application gets it: registered in a container, profile Production.</summary>
internal sealed class OurDatabase : IDisposable
{
    private readonly ServiceProvider _services;

    public OurDatabase(string path, bool isFull)
    {
        _services = new ServiceCollection()
            .AddDeployStackSqlite(options =>
            {
                options.Path = path;
                options.Pragmas.Synchronous = isFull ? SqliteSynchronous.Full : SqliteSynchronous.Normal;
            })
            .Services.BuildServiceProvider();
        Database = _services.GetRequiredService<IDeployStackDatabase>();
        Engine = _services.GetRequiredService<ISqliteEngine>();
        DataSource = _services.GetRequiredService<DbDataSource>();
    }

    public IDeployStackDatabase Database { get; }

    public ISqliteEngine Engine { get; }

    public DbDataSource DataSource { get; }

    /// <summary>Builds and uses a container, so that a later one costs what it costs in a process that has a host.</summary>
    public static void WarmContainer()
    {
        using var services = new ServiceCollection()
            .AddOptions<object>(string.Empty).Configure(static _ => { }).Services
            .AddKeyedSingleton(string.Empty, static (provider, _) => provider.GetRequiredService<Microsoft.Extensions.Options.IOptionsMonitor<object>>().Get(string.Empty))
            .BuildServiceProvider();
        _ = services.GetRequiredKeyedService<object>(string.Empty);
    }

    public void Checkpoint() => Engine.CheckpointAsync().GetAwaiter().GetResult();

    public void Dispose() => _services.Dispose();
}
