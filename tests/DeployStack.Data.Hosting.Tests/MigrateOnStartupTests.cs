using DeployStack.Data.Migrations;
using DeployStack.Data.Settings;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace DeployStack.Data.Hosting.Tests;

public sealed class MigrateOnStartupTests : IAsyncDisposable
{
    private readonly World _world = new();

    private string Scripts => Directory.CreateDirectory(Path.Combine(_world.Folder, "scripts")).FullName;

    [Fact]
    public async Task The_start_of_the_host_migrates_and_creates_settings_before_other_services_start()
    {
        Script("0001_teams.sql", "CREATE TABLE teams (id INTEGER PRIMARY KEY);");
        var early = new Early();
        var host = _world.Choose("sqlite").Build(
            database => Features(database).MigrateOnStartup().MigrateOnStartup(),
            services => services.AddSingleton<IHostedService>(provider => early.With(provider.GetRequiredService<IDeployStackDatabase>())));
        await host.StartAsync();
        Assert.Equal(1, early.TablesAtStart);
        Assert.Equal(7, await host.Services.GetRequiredService<ISettingsStore>().GetAsync<int>("limits.teams"));
        var ready = Assert.Single(_world.Log.GetSnapshot(), record => record.Id.Id == 9010);
        Assert.Contains("1 migrations were applied", ready.Message, StringComparison.Ordinal);
        await host.StopAsync();
    }

    [Fact]
    public async Task Plugins_come_after_the_applications_migrations_and_settings()
    {
        Script("0001_teams.sql", "CREATE TABLE teams (id INTEGER PRIMARY KEY);");
        var teams = -1L;
        IHost? host = null;
        host = _world.BuildSqlite(database => database
            .AddPlugin("example-plugin", plugin => plugin
                .AddMigrations(MigrationSource.FromScripts(new Dictionary<string, string> { ["0001_t.sql"] = "CREATE TABLE \"example-plugin_t\" (x);" }))
                .OnInitialize(async (own, ct) =>
                {
                    teams = await World.Database(host!).ExecuteScalarAsync<long>("SELECT count(*) FROM teams", cancellationToken: ct);
                    await own.ExecuteBatchAsync([new SqlStatement("INSERT INTO \"example-plugin_t\" VALUES (1)")], cancellationToken: ct);
                }))
            .MigrateOnStartup()
            .AddMigrations(Scripts));
        await host.StartAsync();
        Assert.Equal(0, teams);
        Assert.Equal(1, await World.Database(host).ExecuteScalarAsync<long>("SELECT count(*) FROM \"example-plugin_t\""));
    }

    [Fact]
    public async Task It_works_on_an_engine_of_the_applications_own_choice()
    {
        Script("0001_teams.sql", "CREATE TABLE teams (id INTEGER PRIMARY KEY);");
        var host = _world.BuildSqlite(database => database.MigrateOnStartup().AddMigrations(Scripts));
        await host.StartAsync();
        Assert.Equal(0, await World.Database(host).ExecuteScalarAsync<long>("SELECT count(*) FROM teams"));
    }

    [Fact]
    public async Task A_migration_that_fails_fails_the_start_with_its_error()
    {
        Script("0001_teams.sql", "CREATE TABLE teams (id INTEGER PRIMARY KEY);");
        Script("0002_wrong.sql", "INSERT INTO nowhere VALUES (1);");
        var host = _world.Choose("sqlite").Build(database => Features(database).MigrateOnStartup());
        var error = await Assert.ThrowsAsync<MigrationException>(() => host.StartAsync());
        Assert.Equal(DatabaseErrorKind.MigrationFailed, error.Kind);
        Assert.Equal(("0002", 1, 1, 1), (error.Identity, error.Line, error.Column, error.Statement));
        Assert.Contains(Path.Combine(Scripts, "0002_wrong.sql"), error.Message, StringComparison.Ordinal);
        Assert.Contains("no such table: nowhere", error.Message, StringComparison.Ordinal);
        Assert.Contains("Remove the cause and run ApplyAsync again", error.Message, StringComparison.Ordinal);
        Assert.Contains(_world.Log.GetSnapshot(), record => record.Id.Id == 9012 && record.Level == LogLevel.Critical && record.Exception == error);
    }

    [Fact]
    public async Task Hosts_that_start_at_once_on_one_file_apply_each_migration_once()
    {
        for (var i = 1; i <= 8; i++)
        {
            Script($"{i:0000}_t.sql", $"CREATE TABLE t{i} (x INTEGER);\nINSERT INTO t{i} VALUES ({i});");
        }

        var hosts = Enumerable.Range(0, 4).Select(_ => _world.BuildSqlite(database => Features(database).MigrateOnStartup())).ToList();
        await Task.WhenAll(hosts.Select(host => Task.Run(() => host.StartAsync())));
        foreach (var host in hosts)
        {
            Assert.Equal(1, await World.Database(host).ExecuteScalarAsync<long>("SELECT count(*) FROM t8"));
            Assert.Equal(7, await host.Services.GetRequiredService<ISettingsStore>().GetAsync<int>("limits.teams"));
        }

        var applied = _world.Log.GetSnapshot().Where(record => record.Id.Id == 3000 && record.Message.Contains(" t applied", StringComparison.Ordinal));
        Assert.Equal(8, applied.Count());
        Assert.Equal(4, _world.Log.GetSnapshot().Count(record => record.Id.Id == 9010));
    }

    [Fact]
    public async Task A_host_of_an_older_version_does_not_start_on_a_database_that_a_newer_one_migrated()
    {
        Script("0001_teams.sql", "CREATE TABLE teams (id INTEGER PRIMARY KEY);");
        Script("0002_more.sql", "CREATE TABLE more (id INTEGER PRIMARY KEY);");
        await _world.BuildSqlite(database => database.AddMigrations(Scripts).MigrateOnStartup()).StartAsync();

        File.Delete(Path.Combine(Scripts, "0002_more.sql"));
        var error = await Assert.ThrowsAsync<MigrationException>(() => _world.BuildSqlite(database => database.AddMigrations(Scripts).MigrateOnStartup()).StartAsync());
        Assert.Equal(DatabaseErrorKind.MigrationSuperseded, error.Kind);
        Assert.Contains("0002 more", error.Message, StringComparison.Ordinal);
        var reader = _world.BuildSqlite(database => database.AddMigrations(Scripts));
        Assert.Equal(0, await World.Database(reader).ExecuteScalarAsync<long>("SELECT count(*) FROM more"));
    }

    [Fact]
    public async Task A_database_that_cannot_be_opened_fails_the_start()
    {
        Directory.CreateDirectory(_world.DatabaseFile);
        await Assert.ThrowsAsync<DatabaseException>(() => _world.Choose("sqlite").Build(database => database.MigrateOnStartup()).StartAsync());
    }

    [Fact]
    public async Task A_host_without_a_chosen_database_starts_and_the_set_up_does_the_work()
    {
        Script("0001_teams.sql", "CREATE TABLE teams (id INTEGER PRIMARY KEY);");
        var host = _world.Build(database => Features(database).MigrateOnStartup());
        await host.StartAsync();
        Assert.Contains(_world.Log.GetSnapshot(), record => record.Id.Id == 9011 && record.Message.Contains("DB_TYPE", StringComparison.Ordinal));
        var settings = host.Services.GetRequiredService<ISettingsStore>();
        Assert.Equal(DatabaseErrorKind.NotConfigured, (await Assert.ThrowsAsync<DatabaseException>(() => settings.GetAsync<int>("limits.teams").AsTask())).Kind);
        await World.Selection(host).SelectAsync("sqlite");
        Assert.Equal(0, await World.Database(host).ExecuteScalarAsync<long>("SELECT count(*) FROM teams"));
        Assert.Equal(7, await settings.GetAsync<int>("limits.teams"));

        var next = _world.Build(database => Features(database).MigrateOnStartup());
        await next.StartAsync();
        Assert.Equal(7, await next.Services.GetRequiredService<ISettingsStore>().GetAsync<int>("limits.teams"));
    }

    [Fact]
    public async Task A_set_up_whose_migration_fails_chooses_nothing_and_goes_on_when_it_is_repeated()
    {
        Script("0001_teams.sql", "CREATE TABLE teams (id INTEGER PRIMARY KEY);");
        Script("0002_more.sql", "INSERT INTO nowhere VALUES (1);");
        var host = _world.Build(database => Features(database));
        await Assert.ThrowsAsync<MigrationException>(() => World.Selection(host).SelectAsync("sqlite"));
        Assert.False(File.Exists(_world.SelectionFile));
        Assert.Equal(DatabaseErrorKind.NotConfigured, (await Assert.ThrowsAsync<DatabaseException>(() => World.Database(host).OpenAsync())).Kind);
        Assert.Contains(_world.Log.GetSnapshot(), record => record.Id.Id == 9002);

        Script("0002_more.sql", "INSERT INTO teams VALUES (1);");
        host = _world.Build(database => Features(database)); // the scripts of a process are read once
        await World.Selection(host).SelectAsync("sqlite");
        Assert.Equal(1, await World.Database(host).ExecuteScalarAsync<long>("SELECT count(*) FROM teams"));
    }

    [Fact]
    public async Task An_invalid_choice_fails_the_start_with_its_reason()
    {
        var host = _world.WriteSelection("{").Build(database => database.MigrateOnStartup());
        var error = await Assert.ThrowsAsync<DatabaseException>(() => host.StartAsync());
        Assert.Equal(DatabaseErrorKind.NotConfigured, error.Kind);
        Assert.Contains(_world.SelectionFile, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cancelled_start_is_cancelled()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _world.Choose("sqlite").Build(database => database.MigrateOnStartup()).StartAsync(cancelled.Token));
        Assert.DoesNotContain(_world.Log.GetSnapshot(), record => record.Id.Id == 9012);
    }

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    private void Script(string name, string sql) => File.WriteAllText(Path.Combine(Scripts, name), sql);

    private IDeployStackDataBuilder Features(IDeployStackDataBuilder database)
        => database.AddMigrations(Scripts).AddSettings(settings => settings.Add(Limits));

    private static SettingGroup Limits => new("limits", "Limits") { Settings = [new Setting<int>("limits.teams", 7)] };

    private sealed class Early : IHostedService
    {
        private IDeployStackDatabase? _database;

        public long TablesAtStart { get; private set; }

        public Early With(IDeployStackDatabase database)
        {
            _database = database;
            return this;
        }

        public async Task StartAsync(CancellationToken cancellationToken)
            => TablesAtStart = await _database!.ExecuteScalarAsync<long>("SELECT count(*) FROM sqlite_schema WHERE name = 'teams'", cancellationToken: cancellationToken);

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
