using DeployStack.Data.Sqlite;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;

namespace DeployStack.Data.Hosting.Tests;

/// <summary>A folder of its own with a selection file, a database and a configuration; hosts are built from it.</summary>
public sealed class World : IAsyncDisposable
{
    private readonly List<IHost> _hosts = [];

    public string Folder { get; } = Directory.CreateTempSubdirectory("deploystack-hosting-").FullName;

    public string SelectionFile => Path.Combine(Folder, "persistent_data", "db.selection.json");

    public string DatabaseFile => Path.Combine(Folder, "persistent_data", "database", "test.db");

    public IDictionary<string, string?> Settings { get; } = new Dictionary<string, string?>();

    public FakeLogCollector Log { get; } = new();

    public World() => Settings["SQLITE_DB_PATH"] = DatabaseFile;

    public World Choose(string type)
    {
        Settings["DB_TYPE"] = type;
        return this;
    }

    public World WriteSelection(string content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(SelectionFile)!);
        File.WriteAllText(SelectionFile, content);
        return this;
    }

    /// <summary>A host as an application builds it; disposed with the world.</summary>
    public IHost Build(Action<IDeployStackDataBuilder>? configure = null, Action<IServiceCollection>? more = null, Action<DatabaseSelectionOptions>? selection = null)
    {
        var builder = NewBuilder();
        more?.Invoke(builder.Services);
        var database = builder.Services.AddDeployStackDatabase(builder.Configuration, options =>
        {
            options.SelectionFile = SelectionFile;
            selection?.Invoke(options);
        });
        configure?.Invoke(database);
        return Keep(builder.Build());
    }

    /// <summary>A host with a database of the application's own choice.</summary>
    public IHost BuildSqlite(Action<IDeployStackDataBuilder>? configure = null, Action<SqliteOptions>? options = null)
    {
        var builder = NewBuilder();
        var database = builder.Services.AddDeployStackSqlite(o =>
        {
            o.Path = DatabaseFile;
            options?.Invoke(o);
        });
        configure?.Invoke(database);
        return Keep(builder.Build());
    }

    /// <summary>A host with a database of its own choice and a configuration that settings may be added to.</summary>
    public IHost BuildSettings(Action<HostApplicationBuilder> configure, string databaseName = "", Action<IDeployStackDataBuilder>? more = null)
    {
        var builder = NewBuilder();
        var database = builder.Services.AddDeployStackSqlite(databaseName, o => o.Path = DatabaseFile);
        more?.Invoke(database);
        configure(builder);
        return Keep(builder.Build());
    }

    public static Task<HealthReport> CheckAsync(IHost host, CancellationToken cancellationToken = default)
        => host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync(cancellationToken);

    public static IDatabaseSelection Selection(IHost host) => host.Services.GetRequiredService<IDatabaseSelection>();

    public static IDeployStackDatabase Database(IHost host) => host.Services.GetRequiredService<IDeployStackDatabase>();

    public async ValueTask DisposeAsync()
    {
        foreach (var host in _hosts)
        {
            await ((IAsyncDisposable)host).DisposeAsync();
        }

        Directory.Delete(Folder, recursive: true);
    }

    private HostApplicationBuilder NewBuilder()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(Settings);
        builder.Logging.AddProvider(new FakeLoggerProvider(Log));
        return builder;
    }

    private IHost Keep(IHost host)
    {
        _hosts.Add(host);
        return host;
    }
}
