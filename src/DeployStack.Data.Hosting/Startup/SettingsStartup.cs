using DeployStack.Data.Hosting.Configuration;
using Microsoft.Extensions.Hosting;

namespace DeployStack.Data.Hosting.Startup;

/// <summary>Loads the settings of one database into the configuration when the host starts.</summary>
internal sealed class SettingsStartup(SettingsFeed feed) : IHostedLifecycleService
{
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        try
        {
            await feed.PrepareAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (DatabaseException error) when (error.Kind == DatabaseErrorKind.NotConfigured) // a state that the set-up ends
        {
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
