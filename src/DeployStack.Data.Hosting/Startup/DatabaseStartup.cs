using DeployStack.Data.Hosting.Configuration;
using DeployStack.Data.Hosting.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace DeployStack.Data.Hosting.Startup;

/// <summary>Prepares one database when the host starts, before any hosted service is started, wherever it was registered; or
/// earlier, when options that are bound to its settings are asked for.</summary>
internal sealed class DatabaseStartup(IServiceProvider services, string name, ILogger logger) : IHostedLifecycleService, ISettingsPreparation
{
    private readonly AsyncLocal<bool> _isPreparing = new();
    private readonly Lock _gate = new();
    private Task? _prepared;

    public Task PrepareAsync(CancellationToken cancellationToken)
    {
        if (_isPreparing.Value)
        {
            return Task.CompletedTask; // a migration or a plugin reads options: it cannot wait for itself
        }

        lock (_gate)
        {
            _prepared ??= RunAsync(cancellationToken);
        }

        return _prepared.WaitAsync(cancellationToken);
    }

    public Task StartingAsync(CancellationToken cancellationToken) => PrepareAsync(cancellationToken);

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task RunAsync(CancellationToken cancellationToken)
    {
        _isPreparing.Value = true; // ends with this method, as the values of an asynchronous method do
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding); // the gate is not held meanwhile
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
}
