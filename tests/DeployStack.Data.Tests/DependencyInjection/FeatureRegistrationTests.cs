using DeployStack.Data.Migrations;
using DeployStack.Data.Sessions;
using DeployStack.Data.Settings;
using DeployStack.Data.Tests.BatchOnly;
using DeployStack.Data.Tests.BatchOnly.Remote;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Time.Testing;

namespace DeployStack.Data.Tests.DependencyInjection;

public sealed class FeatureRegistrationTests
{
    private static readonly Setting<int> _port = new("smtp.port", 587);
    private static readonly Setting<string> _password = new("smtp.password") { IsSecret = true, IsRequired = true };
    private static readonly SettingGroup _smtp = new("smtp", "SMTP") { Settings = [_port, _password] };

    [Fact]
    public async Task A_bare_collection_is_enough()
    {
        await using var provider = Build(string.Empty, builder => builder.AddMigrations(typeof(FeatureRegistrationTests).Assembly).AddSettings(s => s.Add(_smtp)));
        var runner = provider.GetRequiredService<IMigrationRunner>();
        Assert.Same(runner, provider.GetRequiredKeyedService<IMigrationRunner>(string.Empty));
        Assert.Same(runner, provider.GetRequiredService<IMigrationState>());
        Assert.Same(provider.GetRequiredService<ISettingsStore>(), provider.GetRequiredKeyedService<ISettingsStore>(string.Empty));
        Assert.Equal(["0000", "0001", "0002"], (await runner.ApplyAsync()).Applied.Select(each => each.Identity));
        Assert.Equal(2, (await provider.GetRequiredService<ISettingsStore>().InitializeAsync()).Created.Count);
    }

    [Fact]
    public async Task A_named_database_has_its_features_under_its_name_only()
    {
        await using var provider = Build("tenant-a", builder => builder.AddMigrations(typeof(FeatureRegistrationTests).Assembly).AddSettings(s => s.Add(_smtp)));
        Assert.NotNull(provider.GetKeyedService<IMigrationRunner>("tenant-a"));
        Assert.NotNull(provider.GetKeyedService<IMigrationState>("tenant-a"));
        Assert.NotNull(provider.GetKeyedService<ISettingsStore>("tenant-a"));
        Assert.Null(provider.GetService<IMigrationRunner>());
        Assert.Null(provider.GetService<ISettingsStore>());
        Assert.Null(provider.GetKeyedService<IMigrationRunner>("tenant-b"));
    }

    [Fact]
    public async Task Several_calls_add_their_sources_and_groups()
    {
        await using var provider = Build(string.Empty, builder => builder
            .AddMigrations(typeof(FeatureRegistrationTests).Assembly)
            .AddMigrations(typeof(FeatureRegistrationTests).Assembly)
            .AddMigrations(options => options.Sources.Add(MigrationSource.FromScripts(new Dictionary<string, string> { ["0003_more.sql"] = "CREATE TABLE more (x)" })))
            .AddSettings(s => s.Add(_smtp))
            .AddSettings(s => s.Add(new SettingGroup("other", "Other"))));
        Assert.Equal(4, (await provider.GetRequiredService<IMigrationRunner>().GetStatusAsync()).Pending.Count);
        Assert.Equal(["smtp", "other"], (await provider.GetRequiredService<ISettingsStore>().InitializeAsync()).Groups.Select(each => each.Id));
    }

    [Fact]
    public async Task A_folder_may_be_named()
    {
        var folder = Directory.CreateTempSubdirectory("deploystack-migrations-");
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "0001_a.sql"), "CREATE TABLE a (x)");
        await using (var provider = Build(string.Empty, builder => builder.AddMigrations(folder.FullName)))
        {
            Assert.Single((await provider.GetRequiredService<IMigrationRunner>().ApplyAsync()).Applied);
        }

        folder.Delete(recursive: true);
    }

    [Fact]
    public void Declaring_a_key_twice_is_found_when_registering()
        => Assert.Throws<ArgumentException>(() => Build(string.Empty, builder => builder.AddSettings(s => s.Add(_smtp)).AddSettings(s => s.Add(new SettingGroup("b", "B") { Settings = [_port] }))));

    [Fact]
    public async Task Clock_and_logger_of_the_container_are_used()
    {
        var time = new FakeTimeProvider(new(2031, 1, 2, 3, 4, 5, TimeSpan.Zero));
        var logs = new FakeLoggerProvider();
        await using var provider = Build(
            string.Empty,
            builder => builder.AddMigrations(typeof(FeatureRegistrationTests).Assembly).AddSettings(s => s.Add(_smtp)),
            services => services.AddSingleton<TimeProvider>(time).AddLogging(logging => logging.AddProvider(logs)));
        await provider.GetRequiredService<IMigrationRunner>().ApplyAsync();
        var settings = provider.GetRequiredService<ISettingsStore>();
        await settings.InitializeAsync();
        await settings.SetAsync(_port, 25);

        Assert.All((await provider.GetRequiredService<IMigrationRunner>().GetStatusAsync()).Applied, each => Assert.Equal(time.GetUtcNow(), each.AppliedAt));
        Assert.Equal(time.GetUtcNow(), (await settings.GetGroupAsync("smtp"))[0].UpdatedAt);
        var events = logs.Collector.GetSnapshot().Select(each => each.Id.Name).Where(name => name is not null and not "Rerun").ToList();
        Assert.Equal(["MigrationsPending", "MigrationApplied", "MigrationApplied", "MigrationApplied", "MigrationsPending", "MigrationApplied", "MigrationApplied", "SettingsInitialized", "RequiredSettingsMissing", "SettingsWritten"], events);
        Assert.DoesNotContain(logs.Collector.GetSnapshot(), each => each.Message.Contains("25", StringComparison.Ordinal) && each.Id.Name == "SettingsWritten");
    }

    private static ServiceProvider Build(string name, Action<IDeployStackDataBuilder> configure, Action<IServiceCollection>? register = null)
    {
        var services = new ServiceCollection();
        register?.Invoke(services);
        services.AddKeyedSingleton<IDeployStackDatabase>(name, (_, _) => DatabaseFactory.Create(new BatchOnlyProvider(new RemoteEngine(name.Length)), new DatabaseSettings { Name = name }));
        configure(new BatchOnlyBuilder(services, name));
        return services.BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });
    }
}
