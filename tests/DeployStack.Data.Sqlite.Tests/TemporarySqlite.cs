using System.Data.Common;
using Microsoft.Extensions.DependencyInjection;

namespace DeployStack.Data.Sqlite.Tests;

/// <summary>A database as an application registers it, on a file in a fresh folder that is deleted at the end.</summary>
public sealed class TemporarySqlite : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    public TemporarySqlite(Action<SqliteOptions>? configure = null, Action<IServiceCollection>? register = null)
    {
        var services = new ServiceCollection();
        register?.Invoke(services);
        services.AddDeployStackSqlite(options =>
        {
            options.Path = Path;
            options.Profile = SqliteProfile.Testing;
            configure?.Invoke(options);
        });
        _services = services.BuildServiceProvider();
    }

    public DirectoryInfo Folder { get; } = Directory.CreateTempSubdirectory("deploystack-sqlite-");

    public string Path => System.IO.Path.Combine(Folder.FullName, "test.db");

    public IDeployStackDatabase Database => _services.GetRequiredService<IDeployStackDatabase>();

    public ISqliteEngine Engine => _services.GetRequiredService<ISqliteEngine>();

    public DbDataSource DataSource => _services.GetRequiredService<DbDataSource>();

    public async Task CreateTableAsync()
        => await Database.ExecuteBatchAsync([new("CREATE TABLE items (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE)"), new("INSERT INTO items (name) VALUES ('first')")]);

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        Folder.Delete(recursive: true);
    }
}
