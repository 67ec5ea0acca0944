using DeployStack.Data.Settings;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace DeployStack.Data.Hosting.Tests;

/// <summary>Where the settings come from: hosts that migrate or not, several databases, set-up, faults.</summary>
public sealed class SettingsConfigurationHostTests : SettingsConfigurationSuite
{
    [Fact]
    public async Task A_host_that_does_not_migrate_loads_them_as_well()
    {
        await StartAsync();
        var host = World.BuildSettings(
            builder => builder.Configuration.AddDeployStackSettings(),
            more: database => database.AddMail().AddSettingsConfiguration().AddSettingsConfiguration());
        await host.StartAsync();
        Assert.Equal("587", Configuration(host)["smtp:port"]);
    }

    [Fact]
    public async Task Databases_with_names_fill_their_own_sources()
    {
        var host = World.BuildSettings(
            builder =>
            {
                builder.Configuration.AddDeployStackSettings(options => (options.Database, options.Prefix) = ("audit", "Audit"));
                builder.Configuration.AddDeployStackSettings();
                builder.Services.AddDeployStackSqlite(options => options.Path = Path.Combine(World.Folder, "other.db")).AddMail().MigrateOnStartup();
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
        await Until(() => World.Log.GetSnapshot().Any(record => record.Id.Id is 4005 or 9022));
        Assert.Equal("587", Configuration(host)["smtp:port"]);
        await World.Database(host).ExecuteBatchAsync([new("ALTER TABLE gone RENAME TO globalSettings"), new("UPDATE globalSettings SET value = '465' WHERE key = 'smtp.port'")]);
        await reloads.OnceAsync();
        Assert.Equal("465", Configuration(host)["smtp:port"]);
        Assert.Single(World.Log.GetSnapshot(), record => record.Id.Id is 4005 or 9022);
    }

    [Fact]
    public async Task A_host_without_a_chosen_database_starts_and_its_set_up_loads_them()
    {
        var host = World.Build(database => database.AddMail().MigrateOnStartup().BindSettings<MailOptions>("smtp", options => options.ValidateOnStart()));
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
}
