using DeployStack.Data.Settings;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace DeployStack.Data.Hosting.Tests;

public sealed class SettingsConfigurationTests : IAsyncDisposable
{
    private readonly World _world = new();

    [Fact]
    public async Task Settings_are_configuration_when_the_first_hosted_service_starts()
    {
        var host = Build();
        var configuration = Configuration(host);
        Assert.Null(configuration["smtp:port"]);
        await host.StartAsync();
        Assert.Equal("587", configuration["smtp:port"]);
        Assert.Equal("587", host.Services.GetRequiredService<Early>().Port);
        await host.StopAsync();
    }

    [Fact]
    public async Task Keys_are_the_group_and_the_short_name_without_what_separates_words()
    {
        var host = await StartAsync();
        var configuration = Configuration(host);
        Assert.Equal("none", configuration["GitHub-OAuth:ClientId"]);
        Assert.Equal("00:05:00", configuration["github-oauth:timeout:connect"]);
        Assert.Null(configuration["github-oauth:client_id"]);
    }

    [Fact]
    public async Task Options_bind_to_the_section_of_a_group()
    {
        var host = Build(more: services => services.AddOptions<MailOptions>().BindConfiguration("smtp").ValidateDataAnnotations().ValidateOnStart());
        await host.StartAsync(); // Host is required: they were loaded before the validation
        var store = Store(host);
        var monitor = host.Services.GetRequiredService<IOptionsMonitor<MailOptions>>();
        using var told = new Told<MailOptions>(monitor);
        await store.WriteAsync(new SettingsBatch().Set(Mail.FromName, "Support").SetText("smtp.secure", "off").Set(Mail.Relays, ["one, two", "three"]));
        await told.OnceAsync();
        var options = monitor.CurrentValue;
        Assert.Equal(("localhost", 587, "Support", false), (options.Host, options.Port, options.FromName, options.Secure));
        Assert.Equal(["one, two", "three"], options.Relays);
        Assert.Equal(10, options.Quota.PerHour);
        Assert.Equal(["a", "b"], options.Quota.Exempt);
    }

    [Fact]
    public async Task A_setting_without_a_value_and_without_a_default_is_absent_and_a_default_comes_back()
    {
        var host = await StartAsync();
        var configuration = Configuration(host);
        Assert.False(configuration.GetSection("smtp:fromname").Exists());
        using var reloads = new Reloads(configuration);
        await Store(host).SetAsync(Mail.Port, 465);
        await reloads.OnceAsync();
        Assert.Equal("465", configuration["smtp:port"]);
        await Store(host).DeleteAsync(Mail.Port.Key); // the row itself
        await reloads.OnceAsync();
        Assert.Equal("587", configuration["smtp:port"]);
    }

    [Fact]
    public async Task Nothing_reloads_when_nothing_changed()
    {
        var host = await StartAsync();
        using var reloads = new Reloads(Configuration(host));
        await Store(host).SetAsync(Mail.Port, 587);
        await World.Database(host).ExecuteBatchAsync([new("CREATE TABLE unrelated (x)"), new("UPDATE globalSettings SET description = 'other' WHERE key = 'smtp.port'")]);
        await Store(host).SetAsync(Mail.Password, "hunter2"); // a secret: not in the configuration
        await Store(host).SetAsync(Mail.Port, 465);
        await reloads.OnceAsync();
        Assert.Equal(1, reloads.Count);
    }

    [Theory]
    [InlineData(SettingsPrecedence.Last, "the database")]
    [InlineData(SettingsPrecedence.BeforeEnvironment, "the environment")]
    public async Task Precedence_follows_the_order_of_sources(SettingsPrecedence precedence, string winner)
    {
        var group = "g" + Guid.NewGuid().ToString("N");
        Environment.SetEnvironmentVariable($"{group}__host", "the environment");
        try
        {
            var host = _world.BuildSettings(
                builder =>
                {
                    builder.Configuration.AddEnvironmentVariables("DOTNET_");
                    builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?> { [$"{group}:host"] = "a file", [$"{group}:port"] = "a file" });
                    builder.Configuration.AddEnvironmentVariables();
                    builder.Configuration.AddDeployStackSettings(options => options.Precedence = precedence);
                },
                more: database => database
                    .AddSettings(settings => settings.Add(new(group, "G") { Settings = [new Setting<string>($"{group}.host", "the database"), new Setting<string>($"{group}.port", "the database")] }))
                    .MigrateOnStartup());
            await host.StartAsync();
            Assert.Equal(winner, Configuration(host)[$"{group}:host"]);
            Assert.Equal("the database", Configuration(host)[$"{group}:port"]);
        }
        finally
        {
            Environment.SetEnvironmentVariable($"{group}__host", null);
        }
    }

    [Fact]
    public async Task Secrets_are_left_out_of_the_configuration_and_its_debug_view()
    {
        await SetPasswordAsync();
        var host = await StartAsync();
        Assert.Null(Configuration(host)["smtp:password"]);
        var view = ((IConfigurationRoot)Configuration(host)).GetDebugView();
        Assert.Contains("port=587 (DeployStack settings)", view, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", view, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Secrets_are_there_when_all_or_single_ones_are_asked_for()
    {
        await SetPasswordAsync();
        Assert.Equal("hunter2", Configuration(await StartAsync(options => options.IncludeSecrets = true))["smtp:password"]);
        Assert.Equal("hunter2", Configuration(await StartAsync(options => options.Secrets.Add("smtp.password")))["smtp:password"]);
    }

    [Fact]
    public async Task A_secret_that_cannot_be_decrypted_is_left_out_and_told_by_its_key()
    {
        await SetPasswordAsync();
        await World.Database(await StartAsync()).ExecuteBatchAsync([new("UPDATE globalSettings SET value = substr(value, 1, 40) WHERE key = 'smtp.password'")]);
        var host = await StartAsync(options => options.IncludeSecrets = true);
        Assert.Null(Configuration(host)["smtp:password"]);
        Assert.Equal("587", Configuration(host)["smtp:port"]);
        var told = Assert.Single(_world.Log.GetSnapshot(), record => record.Id.Id == 9020);
        Assert.Contains("smtp.password", told.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_prefix_and_a_mapping_of_the_applications_own_choose_the_keys()
    {
        var host = await StartAsync(options =>
        {
            options.Prefix = "Settings";
            options.MapKey = setting => setting.GroupId == "smtp" ? setting.Key.Replace('.', ':') : null;
        });
        Assert.Equal("587", Configuration(host)["Settings:smtp:port"]);
        Assert.False(Configuration(host).GetSection("Settings:github-oauth").Exists());
        Assert.Null(Configuration(host)["smtp:port"]);
    }

    [Fact]
    public async Task Two_settings_with_one_configuration_key_are_told_and_the_first_one_stays()
    {
        var host = await StartAsync(options => options.MapKey = static _ => "same");
        Assert.Equal("none", Configuration(host)["same"]);
        Assert.Contains(_world.Log.GetSnapshot(), record => record.Id.Id == 9021 && record.Level == LogLevel.Warning);
    }

    [Fact]
    public async Task A_host_that_does_not_migrate_loads_them_as_well()
    {
        await StartAsync();
        var host = _world.BuildSettings(
            builder => builder.Configuration.AddDeployStackSettings(),
            more: database => database.AddMail().AddSettingsConfiguration().AddSettingsConfiguration());
        await host.StartAsync();
        Assert.Equal("587", Configuration(host)["smtp:port"]);
    }

    [Fact]
    public async Task Databases_with_names_fill_their_own_sources()
    {
        var host = _world.BuildSettings(
            builder =>
            {
                builder.Configuration.AddDeployStackSettings(options => (options.Database, options.Prefix) = ("audit", "Audit"));
                builder.Configuration.AddDeployStackSettings();
                builder.Services.AddDeployStackSqlite(options => options.Path = Path.Combine(_world.Folder, "other.db")).AddMail().MigrateOnStartup();
            },
            "audit",
            database => database.AddMail().MigrateOnStartup().BindSettings<MailOptions>("smtp", optionsName: "audit"));
        await host.StartAsync();
        using var reloads = new Reloads(Configuration(host));
        await host.Services.GetRequiredKeyedService<ISettingsStore>("audit").SetAsync(Mail.Port, 25);
        await reloads.OnceAsync();
        Assert.Equal(("25", "587"), (Configuration(host)["Audit:smtp:port"], Configuration(host)["smtp:port"]));
        Assert.Equal(25, host.Services.GetRequiredService<IOptionsMonitor<MailOptions>>().Get("audit").Port);
    }

    [Fact]
    public async Task A_source_that_is_added_later_keeps_what_was_loaded()
    {
        var host = await StartAsync();
        var configuration = (IConfigurationManager)Configuration(host);
        configuration.Sources.Insert(0, new Microsoft.Extensions.Configuration.Memory.MemoryConfigurationSource()); // builds all providers anew
        Assert.Equal("587", configuration["smtp:port"]);
        using var reloads = new Reloads(configuration);
        await Store(host).SetAsync(Mail.Port, 465);
        await reloads.OnceAsync();
        Assert.Equal("465", configuration["smtp:port"]);
    }

    [Fact]
    public async Task A_database_that_fails_later_changes_nothing_and_is_told_once()
    {
        var host = await StartAsync();
        using var reloads = new Reloads(Configuration(host));
        await World.Database(host).ExecuteBatchAsync([new("ALTER TABLE globalSettings RENAME TO gone"), new("UPDATE deploystack_settings_version SET version = version + 1")]);
        await Until(() => _world.Log.GetSnapshot().Any(record => record.Id.Id is 4005 or 9022));
        Assert.Equal("587", Configuration(host)["smtp:port"]);
        await World.Database(host).ExecuteBatchAsync([new("ALTER TABLE gone RENAME TO globalSettings"), new("UPDATE globalSettings SET value = '465' WHERE key = 'smtp.port'")]);
        await reloads.OnceAsync();
        Assert.Equal("465", Configuration(host)["smtp:port"]);
        Assert.Single(_world.Log.GetSnapshot(), record => record.Id.Id is 4005 or 9022);
    }

    [Fact]
    public async Task A_host_without_a_chosen_database_starts_and_its_set_up_loads_them()
    {
        var host = _world.Build(database => database.AddMail().MigrateOnStartup().BindSettings<MailOptions>("smtp", options => options.ValidateOnStart()));
        ((IConfigurationBuilder)Configuration(host)).AddDeployStackSettings();
        var monitor = host.Services.GetRequiredService<IOptionsMonitor<MailOptions>>();
        using var told = new Told<MailOptions>(monitor);
        await host.StartAsync();
        Assert.Equal(587, monitor.CurrentValue.Port); // the declared default
        Assert.Null(Configuration(host)["smtp:port"]);
        await World.Selection(host).SelectAsync("sqlite");
        Assert.Equal("587", Configuration(host)["smtp:port"]);
        await told.OnceAsync();
    }

    [Fact]
    public void Options_that_make_no_sense_are_refused()
    {
        var builder = new ConfigurationBuilder();
        Assert.Throws<ArgumentException>(() => builder.AddDeployStackSettings(options => options.Database = null!));
        Assert.Throws<ArgumentException>(() => builder.AddDeployStackSettings(options => options.Precedence = (SettingsPrecedence)7));
        Assert.Empty(builder.Sources);
    }

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    private static IConfiguration Configuration(IHost host) => host.Services.GetRequiredService<IConfiguration>();

    private static ISettingsStore Store(IHost host) => host.Services.GetRequiredService<ISettingsStore>();

    private static async Task Until(Func<bool> isDone)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!isDone())
        {
            await timer.WaitForNextTickAsync(patience.Token);
        }
    }

    private async Task SetPasswordAsync() => await Store(await StartAsync()).SetAsync(Mail.Password, "hunter2");

    private async Task<IHost> StartAsync(Action<SettingsConfigurationOptions>? configure = null)
    {
        var host = Build(configure);
        await host.StartAsync();
        return host;
    }

    private IHost Build(Action<SettingsConfigurationOptions>? configure = null, Action<IServiceCollection>? more = null) => _world.BuildSettings(
        builder =>
        {
            builder.Configuration.AddDeployStackSettings(configure);
            more?.Invoke(builder.Services);
            builder.Services.AddSingleton<Early>().AddSingleton<IHostedService>(static provider => provider.GetRequiredService<Early>());
        },
        more: database => database.AddMail().MigrateOnStartup());

    private sealed class Early(IConfiguration configuration) : IHostedService
    {
        public string? Port { get; private set; }

        public Task StartAsync(CancellationToken cancellationToken)
        {
            Port = configuration["smtp:port"];
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
