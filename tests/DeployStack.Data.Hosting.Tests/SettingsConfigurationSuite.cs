using DeployStack.Data.Settings;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace DeployStack.Data.Hosting.Tests;

/// <summary>A host whose configuration has the settings of its database.</summary>
public abstract class SettingsConfigurationSuite : IAsyncDisposable
{
    private protected World World { get; } = new();

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return World.DisposeAsync();
    }

    private protected static IConfiguration Configuration(IHost host) => host.Services.GetRequiredService<IConfiguration>();

    private protected static ISettingsStore Store(IHost host) => host.Services.GetRequiredService<ISettingsStore>();

    private protected static async Task Until(Func<bool> isDone)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!isDone())
        {
            await timer.WaitForNextTickAsync(patience.Token);
        }
    }

    private protected async Task SetPasswordAsync() => await Store(await StartAsync()).SetAsync(Mail.Password, "hunter2");

    private protected async Task<IHost> StartAsync(Action<SettingsConfigurationOptions>? configure = null)
    {
        var host = Build(configure);
        await host.StartAsync();
        return host;
    }

    private protected IHost Build(Action<SettingsConfigurationOptions>? configure = null, Action<IServiceCollection>? more = null) => World.BuildSettings(
        builder =>
        {
            builder.Configuration.AddDeployStackSettings(configure);
            more?.Invoke(builder.Services);
            builder.Services.AddSingleton<Early>().AddSingleton<IHostedService>(static provider => provider.GetRequiredService<Early>());
        },
        more: database => database.AddMail().MigrateOnStartup());

    private protected sealed class Early(IConfiguration configuration) : IHostedService
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
