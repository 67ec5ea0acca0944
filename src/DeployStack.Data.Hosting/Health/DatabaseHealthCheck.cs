using System.Diagnostics;
using DeployStack.Data.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace DeployStack.Data.Hosting.Health;

/// <summary>Opens the database, compares its migrations and asks every probe; the worst finding counts.</summary>
internal sealed class DatabaseHealthCheck(IServiceProvider services, DatabaseHealthOptions options, TimeSpan deadline) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(deadline);
        var report = new HealthReportBuilder();
        try
        {
            // A probe that does not listen to its token must not keep the endpoint waiting.
            await LookAsync(report, limit.Token).WaitAsync(limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested) // the deadline: a finding like others
        {
            report.Add(new(DatabaseHealth.Unhealthy, $"No answer within {deadline.TotalMilliseconds:0} ms."), "deadline");
        }

        return report.Build(context.Registration.FailureStatus);
    }

    private async Task LookAsync(HealthReportBuilder report, CancellationToken cancellationToken)
    {
        if (!IsChosen(report))
        {
            return;
        }

        var elapsed = Stopwatch.StartNew();
        var database = services.GetRequiredKeyedService<IDeployStackDatabase>(options.Database);
        if (!await report.TryAsync("open", () => OpenAsync(database, cancellationToken), cancellationToken).ConfigureAwait(false))
        {
            return;
        }

        if (services.GetKeyedService<IMigrationState>(options.Database) is { } migrations)
        {
            await report.TryAsync("migrations", () => CompareAsync(migrations, cancellationToken), cancellationToken).ConfigureAwait(false);
        }

        foreach (var probe in Probes(database.Capabilities.SystemName))
        {
            // A little less than what is left: the unit's own deadline error tells more than a token that fired.
            var left = Math.Max((deadline - elapsed.Elapsed).TotalMilliseconds * 0.9, 1);
            await report.TryAsync(probe.Name, () => probe.CheckAsync(database, TimeSpan.FromMilliseconds(left), cancellationToken), cancellationToken).ConfigureAwait(false);
        }
    }

    private bool IsChosen(HealthReportBuilder report)
    {
        if (services.GetKeyedService<IDatabaseSelection>(options.Database)?.GetCurrent() is not { } selection)
        {
            return true;
        }

        var error = selection.Reason is { } reason ? new DatabaseException(DatabaseErrorKind.NotConfigured, reason) : null;
        report.Add(selection.State switch
        {
            DatabaseSelectionState.Configured => new(DatabaseHealth.Healthy),
            DatabaseSelectionState.NotConfigured => new(DatabaseHealth.Degraded, "No database is chosen yet: set DB_TYPE, or call IDatabaseSelection.SelectAsync.") { Error = error },
            _ => new(DatabaseHealth.Unhealthy, "The choice of the database cannot be used; the log says why.") { Error = error },
        });
        report.Data["state"] = selection.State.ToString();
        if (selection.Type is { } type)
        {
            report.Data["type"] = type;
        }

        return selection.State == DatabaseSelectionState.Configured;
    }

    private static async Task<DatabaseHealthFinding> OpenAsync(IDeployStackDatabase database, CancellationToken cancellationToken)
    {
        await database.OpenAsync(cancellationToken).ConfigureAwait(false);
        return new(DatabaseHealth.Healthy);
    }

    private async Task<DatabaseHealthFinding> CompareAsync(IMigrationState migrations, CancellationToken cancellationToken)
    {
        var pending = (await migrations.GetPendingAsync(cancellationToken).ConfigureAwait(false)).Count;
        return new(
            pending == 0 ? DatabaseHealth.Healthy : options.PendingMigrations,
            pending == 0 ? null : $"{pending} migrations are pending: run IMigrationRunner.ApplyAsync.")
        {
            Data = new Dictionary<string, object>(StringComparer.Ordinal) { ["pending"] = pending },
        };
    }

    private IEnumerable<IDatabaseHealthProbe> Probes(string systemName)
    {
        var probes = services.GetKeyedServices<IDatabaseHealthProbe>(options.Database)
            .Where(probe => probe.SystemName is null || probe.SystemName.Equals(systemName, StringComparison.Ordinal))
            .Where(probe => options.Writes || !probe.Writes)
            .ToList();
        return options.Writes && !probes.Exists(static probe => probe.Writes) ? probes.Prepend(new RolledBackWriteProbe()) : probes;
    }
}
