using System.Diagnostics;
using DeployStack.Data.Hosting.Configuration;
using DeployStack.Data.Hosting.Diagnostics;
using DeployStack.Data.Migrations;
using DeployStack.Data.Plugins;
using DeployStack.Data.Settings;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace DeployStack.Data.Hosting.Startup;

/// <summary>What has to be done before a database is used, at a start and at a set-up alike. Each step may be repeated.</summary>
internal static class DatabasePreparation
{
    /// <summary>Opens the database, applies pending migrations, creates missing settings and loads them into
    /// configuration and options, brings plugins up to date.</summary>
    /// <exception cref="DatabaseException">A step failed; those before it are kept.</exception>
    public static async Task RunAsync(IServiceProvider services, string name, ILogger logger, CancellationToken cancellationToken)
    {
        var elapsed = Stopwatch.StartNew();
        await services.GetRequiredKeyedService<IDeployStackDatabase>(name).OpenAsync(cancellationToken).ConfigureAwait(false);

        var applied = 0;
        if (services.GetKeyedService<IMigrationRunner>(name) is { } migrations)
        {
            applied = (await migrations.ApplyAsync(cancellationToken).ConfigureAwait(false)).Applied.Count;
        }

        if (services.GetKeyedService<ISettingsStore>(name) is { } settings)
        {
            await settings.InitializeAsync(cancellationToken).ConfigureAwait(false);
            await (services.GetKeyedService<SettingsFeed>(name)?.StartAsync(cancellationToken) ?? Task.CompletedTask).ConfigureAwait(false);
        }

        if (services.GetKeyedService<IPluginManager>(name) is { } plugins)
        {
            await plugins.ApplyAsync(cancellationToken).ConfigureAwait(false);
        }

        HostingLog.Ready(logger, "initialize_database", name, applied, elapsed.ElapsedMilliseconds);
    }
}
