using DeployStack.Data.Hosting.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace DeployStack.Data.Hosting.Startup;

/// <summary>Prepares one database when the host starts, before any hosted service is started, wherever it was registered.</summary>
internal sealed class DatabaseStartup(IServiceProvider services, string name, ILogger logger) : IHostedLifecycleService
{
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        try
        {
            switch (services.GetKeyedService<IDatabaseSelection>(name)?.GetCurrent())
            {
                case { State: DatabaseSelectionState.NotConfigured, Reason: var reason }:
                    HostingLog.NotConfigured(logger, "initialize_database", name, reason!);
                    return;
                case { State: DatabaseSelectionState.Invalid, Reason: var reason }:
                    throw new DatabaseException(DatabaseErrorKind.NotConfigured, reason!);
            }

            await DatabasePreparation.RunAsync(services, name, logger, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested) // logged here; it fails the start
        {
            HostingLog.StartFailed(logger, "initialize_database", name, exception);
            throw;
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
