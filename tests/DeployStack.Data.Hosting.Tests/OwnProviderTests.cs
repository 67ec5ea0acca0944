using System.Data.Common;
using DeployStack.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace DeployStack.Data.Hosting.Tests;

public sealed class OwnProviderTests : IAsyncDisposable
{
    private readonly World _world = new();
    private readonly RemoteRegistration _remote = new();

    [Fact]
    public async Task An_engine_of_the_application_can_be_chosen_and_set_up()
    {
        _world.Settings["DeployStackData:Remote:Url"] = "somewhere";
        var host = _world.Build(selection: options => options.Providers.Add(_remote));
        Assert.Equal("somewhere", _remote.Settings!.Values["url"]);
        Assert.Null(_remote.Settings.ProofOfExistence());
        await World.Selection(host).SelectAsync("remote");
        await World.Database(host).ExecuteBatchAsync([new("CREATE TABLE t (id INTEGER)")]);
        Assert.Contains("'remote'", _remote.Settings.ProofOfExistence(), StringComparison.Ordinal);
        Assert.Equal("remote", World.Selection(host).GetCurrent().Type);
    }

    [Fact]
    public async Task Services_of_an_engine_that_is_not_chosen_are_refused_by_name()
    {
        var host = _world.Choose("remote").Build(selection: options => options.Providers.Add(_remote));
        await World.Database(host).OpenAsync();
        var error = Assert.Throws<DatabaseException>(() => host.Services.GetRequiredService<ISqliteEngine>());
        Assert.Equal(DatabaseErrorKind.NotConfigured, error.Kind);
        Assert.Contains("'remote'", error.Message, StringComparison.Ordinal);
        Assert.Equal(DatabaseErrorKind.NotSupported, Assert.Throws<DatabaseException>(() => host.Services.GetRequiredService<DbDataSource>()).Kind);
        Assert.False(File.Exists(_world.DatabaseFile));
    }

    [Fact]
    public void A_variable_that_the_configuration_lacks_comes_from_the_environment()
    {
        var name = $"DEPLOYSTACK_TEST_{Guid.NewGuid():N}";
        _world.Build(selection: options => options.Providers.Add(_remote));
        Assert.Null(_remote.Settings!.GetVariable(name));
        Environment.SetEnvironmentVariable(name, "environment");
        Assert.Equal("environment", _remote.Settings.GetVariable(name));
        Environment.SetEnvironmentVariable(name, null);
        Assert.Equal(_world.DatabaseFile, _remote.Settings.GetVariable("SQLITE_DB_PATH"));
    }

    [Fact]
    public async Task After_a_failed_set_up_another_engine_can_be_set_up()
    {
        Directory.CreateDirectory(_world.DatabaseFile);
        var host = _world.Build(selection: options => options.Providers.Add(_remote));
        var database = World.Database(host);
        await Assert.ThrowsAsync<DatabaseException>(() => World.Selection(host).SelectAsync("sqlite"));
        await World.Selection(host).SelectAsync("remote");
        Assert.Equal("batch_only", database.Capabilities.SystemName);
    }

    public async ValueTask DisposeAsync()
    {
        await _world.DisposeAsync();
        _remote.Dispose();
    }
}
