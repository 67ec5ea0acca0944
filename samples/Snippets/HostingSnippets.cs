using DeployStack.Data.Diagnostics;
using DeployStack.Data.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace DeployStack.Data.Snippets;

/// <summary>The code of docs/features/hosting.md.</summary>
public static class HostingSnippets
{
    public static void Register(IServiceCollection services, IConfiguration configuration)
    {
        // snippet: hosting-register
        services.AddDeployStackDatabase(configuration) // persistent_data/db.selection.json, then DB_TYPE
            .AddMigrations(typeof(HostingSnippets).Assembly)
            .MigrateOnStartup(); // before any hosted service starts; a failure fails the start

        services.AddHealthChecks().AddDeployStackDatabase(tags: ["ready"]);
        // end snippet
    }

    public static async Task<string> SetUpAsync(IDatabaseSelection selection, string type, CancellationToken cancellationToken)
    {
        // snippet: hosting-set-up
        if (selection.GetCurrent() is { State: not DatabaseSelectionState.NotConfigured } current)
        {
            return current.Reason ?? $"{current.Type} is in use";
        }

        try
        {
            await selection.SelectAsync(type, cancellationToken); // opens, migrates, creates settings, then writes the file
            return "done";
        }
        catch (DatabaseException exception) when (exception.Kind == DatabaseErrorKind.AlreadyConfigured)
        {
            return exception.Message; // somebody else was first; nothing was changed
        }
        // end snippet
    }

    public static void Named(IServiceCollection services, IConfiguration configuration)
    {
        // snippet: hosting-named
        services.AddDeployStackDatabase(configuration, options =>
        {
            options.Name = "audit";
            options.SelectionFile = "persistent_data/audit.selection.json";
            options.Section = "Audit"; // settings of the engine stand in Audit:Sqlite
        });

        services.AddHealthChecks().AddDeployStackDatabase("audit", configure: options =>
        {
            options.Database = "audit";
            options.PendingMigrations = DatabaseHealth.Unhealthy;
        });
        // end snippet
    }

    // snippet: hosting-probe
    public sealed class StuckJobsProbe : IDatabaseHealthProbe
    {
        public string Name => "jobs";

        public async Task<DatabaseHealthFinding> CheckAsync(IDeployStackDatabase database, TimeSpan deadline, CancellationToken cancellationToken)
        {
            var stuck = await database.ExecuteScalarAsync<long>(
                "SELECT count(*) FROM jobs WHERE state = 'running' AND lease_until < unixepoch()",
                options: new() { Deadline = deadline, Label = "health jobs" },
                cancellationToken: cancellationToken);
            return stuck == 0 ? new(DatabaseHealth.Healthy) : new(DatabaseHealth.Degraded, $"{stuck} jobs are stuck.");
        }
    }
    // end snippet

    public static void AddProbe(IServiceCollection services)
    {
        // snippet: hosting-add-probe
        services.AddKeyedSingleton<IDatabaseHealthProbe, StuckJobsProbe>(string.Empty); // the key is the database's name
        // end snippet
    }
}
