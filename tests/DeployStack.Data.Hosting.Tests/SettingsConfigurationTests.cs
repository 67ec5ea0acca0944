using DeployStack.Data.Settings;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace DeployStack.Data.Hosting.Tests;

public sealed class SettingsConfigurationTests : SettingsConfigurationSuite
{
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
            var host = World.BuildSettings(
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
        var told = Assert.Single(World.Log.GetSnapshot(), record => record.Id.Id == 9020);
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
        Assert.Contains(World.Log.GetSnapshot(), record => record.Id.Id == 9021 && record.Level == LogLevel.Warning);
    }
}
