using System.Data.Common;
using DeployStack.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace DeployStack.Data.Reliability.Support;

/// <summary>A database as an application registers it, in the profile Testing unless the scenario says otherwise.</summary>
internal sealed class TestDatabase : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    public TestDatabase(string path, Action<SqliteOptions>? configure = null)
    {
        var services = new ServiceCollection();
        services.AddDeployStackSqlite(options =>
        {
            options.Path = path;
            options.Profile = SqliteProfile.Testing;
            configure?.Invoke(options);
        });
        _services = services.BuildServiceProvider();
        Database = _services.GetRequiredService<IDeployStackDatabase>();
        Engine = _services.GetRequiredService<ISqliteEngine>();
        DataSource = _services.GetRequiredService<DbDataSource>();
    }

    public IDeployStackDatabase Database { get; }

    public ISqliteEngine Engine { get; }

    public DbDataSource DataSource { get; }

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
