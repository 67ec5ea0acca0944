using DeployStack.Data.Settings;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace DeployStack.Data.Hosting.Tests;

public sealed class BindSettingsTests : IAsyncDisposable
{
    private readonly World _world = new();

    [Fact]
    public async Task A_monitor_tells_of_changes_of_its_group_alone()
    {
        var host = await StartAsync();
        var (store, monitor) = (Store(host), Monitor(host));
        using var told = new Told<MailOptions>(monitor);
        Assert.Equal(("localhost", 587, true), (monitor.CurrentValue.Host, monitor.CurrentValue.Port, monitor.CurrentValue.Secure));
        await store.SetAsync(Mail.ClientId, "other");
        await store.SetAsync(Mail.Port, 587);
        await store.WriteAsync(new SettingsBatch().Set(Mail.Port, 465).Set(Mail.FromName, "Support").Set(Mail.Relays, ["a", "b"]));
        await told.OnceAsync();
        Assert.Equal((465, "Support"), (monitor.CurrentValue.Port, monitor.CurrentValue.FromName));
        Assert.Equal(["a", "b"], monitor.CurrentValue.Relays);
        Assert.Equal(1, told.Count);
    }

    [Fact]
    public async Task Secrets_of_the_group_are_there()
    {
        await Store(await StartAsync()).SetAsync(Mail.Password, "hunter2");
        Assert.Equal("hunter2", Monitor(await StartAsync()).CurrentValue.Password);
    }

    [Fact]
    public async Task Options_asked_for_before_the_start_wait_for_migrations_and_settings()
    {
        var host = Build();
        Assert.Equal(587, Monitor(host).CurrentValue.Port);
        await host.StartAsync();
        Assert.Single(_world.Log.GetSnapshot(), record => record.Id.Id == 9010); // prepared once
    }

    [Fact]
    public async Task It_works_in_a_container_without_host_and_configuration()
    {
        await StartAsync();
        var services = new ServiceCollection();
        services.AddDeployStackSqlite(options => options.Path = _world.DatabaseFile).AddMail().BindSettings<MailOptions>("smtp");
        await using var provider = services.BuildServiceProvider();
        var monitor = provider.GetRequiredService<IOptionsMonitor<MailOptions>>();
        using var told = new Told<MailOptions>(monitor);
        Assert.Equal(587, monitor.CurrentValue.Port);
        await provider.GetRequiredService<ISettingsStore>().SetAsync(Mail.Port, 25);
        await told.OnceAsync();
        Assert.Equal(25, monitor.CurrentValue.Port);
    }

    [Fact]
    public async Task Names_bind_whatever_separates_their_words()
    {
        var host = await StartAsync(database => database.BindSettings<GitHubOptions>("github-oauth"));
        var options = host.Services.GetRequiredService<IOptions<GitHubOptions>>().Value;
        Assert.Equal(("none", TimeSpan.FromMinutes(5)), (options.ClientId, options.TimeOut.Connect));
    }

    [Fact]
    public async Task A_binding_of_the_applications_own_gets_the_section()
    {
        var host = await StartAsync(database => database.BindSettings<GitHubOptions>("github-oauth", static (options, section) => options.ClientId = section["ClientId"] + "!"));
        Assert.Equal("none!", host.Services.GetRequiredService<IOptions<GitHubOptions>>().Value.ClientId);
    }

    [Fact]
    public async Task A_value_that_does_not_bind_is_told_by_its_key_and_never_shown()
    {
        await World.Database(await StartAsync()).ExecuteBatchAsync([new("UPDATE globalSettings SET value = 'hunter2' WHERE key = 'smtp.port'")]);
        var error = Assert.Throws<SettingException>(() => Monitor(Build()).CurrentValue);
        Assert.Equal(("smtp.port", DatabaseErrorKind.ResultShape), (error.Key, error.Kind));
        Assert.Contains("'smtp.port' cannot be bound to MailOptions", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_monitor_keeps_its_options_while_changed_settings_do_not_bind()
    {
        var host = await StartAsync();
        var monitor = Monitor(host);
        using var told = new Told<MailOptions>(monitor);
        await World.Database(host).ExecuteBatchAsync([new("UPDATE globalSettings SET value = 'hunter2' WHERE key = 'smtp.port'")]);
        var record = await LoggedAsync(9024);
        Assert.Contains("'smtp.port'", record, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", record, StringComparison.Ordinal);
        Assert.Equal((587, 0), (monitor.CurrentValue.Port, told.Count));
        await Store(host).SetAsync(Mail.Port, 25);
        await told.OnceAsync();
        Assert.Equal((25, 1), (monitor.CurrentValue.Port, told.Count));
    }

    [Fact]
    public async Task A_monitor_keeps_its_options_while_changed_settings_are_not_valid()
    {
        var host = await StartAsync();
        var monitor = Monitor(host);
        using var told = new Told<MailOptions>(monitor);
        await Store(host).SetAsync(Mail.Port, 5000);
        Assert.Contains("Port", await LoggedAsync(9024), StringComparison.Ordinal);
        Assert.Equal((587, 0), (monitor.CurrentValue.Port, told.Count));
    }

    [Fact]
    public async Task Validation_at_the_start_sees_the_settings()
    {
        await Store(await StartAsync()).SetAsync(Mail.Port, 5000);
        var error = await Assert.ThrowsAsync<OptionsValidationException>(() => Build().StartAsync());
        Assert.Contains("Port", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_secret_that_cannot_be_decrypted_fails_who_asks_for_it()
    {
        var host = await StartAsync();
        await Store(host).SetAsync(Mail.Password, "hunter2");
        await World.Database(host).ExecuteBatchAsync([new("UPDATE globalSettings SET value = substr(value, 1, 40) WHERE key = 'smtp.password'")]);
        var error = Assert.Throws<SettingException>(() => Monitor(Build()).CurrentValue);
        Assert.Equal(("smtp.password", DatabaseErrorKind.SecretUnreadable), (error.Key, error.Kind));
    }

    [Fact]
    public async Task A_plugin_that_reads_options_while_the_database_is_prepared_does_not_wait_for_itself()
    {
        var port = 0;
        IHost? host = null;
        host = Build(database => database.AddPlugin("example-plugin", plugin => plugin.OnInitialize((_, _) =>
        {
            port = Monitor(host!).CurrentValue.Port;
            return Task.CompletedTask;
        })));
        await host.StartAsync();
        Assert.Equal(587, port);
    }

    [Fact]
    public async Task Callbacks_that_fail_are_told_and_the_next_change_arrives()
    {
        var host = await StartAsync();
        var monitor = Monitor(host);
        using var failing = monitor.OnChange(static (_, _) => throw new InvalidOperationException("of the application"));
        using var told = new Told<MailOptions>(monitor);
        await Store(host).SetAsync(Mail.Port, 25);
        await LoggedAsync(9023);
        await Store(host).SetAsync(Mail.Port, 26);
        await Until(() => _world.Log.GetSnapshot().Count(each => each.Id.Id == 9023) == 2);
        Assert.Equal(26, monitor.CurrentValue.Port);
    }

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    private static ISettingsStore Store(IHost host) => host.Services.GetRequiredService<ISettingsStore>();

    private static IOptionsMonitor<MailOptions> Monitor(IHost host) => host.Services.GetRequiredService<IOptionsMonitor<MailOptions>>();

    private static async Task Until(Func<bool> isDone)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!isDone())
        {
            await timer.WaitForNextTickAsync(patience.Token);
        }
    }

    private async Task<string> LoggedAsync(int id)
    {
        await Until(() => _world.Log.GetSnapshot().Any(each => each.Id.Id == id));
        return _world.Log.GetSnapshot().First(each => each.Id.Id == id).Message;
    }

    private async Task<IHost> StartAsync(Action<IDeployStackDataBuilder>? more = null)
    {
        var host = Build(more);
        await host.StartAsync();
        return host;
    }

    private IHost Build(Action<IDeployStackDataBuilder>? more = null) => _world.BuildSqlite(database =>
    {
        database.AddMail().BindSettings<MailOptions>("smtp", static options => options.ValidateDataAnnotations().ValidateOnStart()).MigrateOnStartup();
        more?.Invoke(database);
    });

    private sealed class GitHubOptions
    {
        public string? ClientId { get; set; }

        public TimeOuts TimeOut { get; } = new();

        internal sealed class TimeOuts
        {
            public TimeSpan Connect { get; set; }
        }
    }
}
