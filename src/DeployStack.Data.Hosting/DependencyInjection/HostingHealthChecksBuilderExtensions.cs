using DeployStack.Data.Diagnostics;
using DeployStack.Data.Hosting;
using DeployStack.Data.Hosting.Health;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace DeployStack.Data;

/// <summary>Adds databases to the health checks of an application.</summary>
public static class HostingHealthChecksBuilderExtensions
{
    /// <summary>Checks a database: it opens, it takes a write, no migration is pending, and every registered
    /// <see cref="IDatabaseHealthProbe"/> finds it well.</summary>
    /// <param name="builder">What <c>AddHealthChecks()</c> returns.</param>
    /// <param name="name">The name of the check; each check of an application needs its own.</param>
    /// <param name="failureStatus">What a failure is reported as. Default <see cref="HealthStatus.Unhealthy"/>.</param>
    /// <param name="tags">For choosing checks by endpoint; <c>ready</c> suits, <c>live</c> does not: a restart cures no
    /// database. Default none.</param>
    /// <param name="timeout">How long the check may take in all, opening included. Default 5 s; must be positive.</param>
    /// <param name="configure">Which database, and what of it is looked at.</param>
    /// <returns>The same builder.</returns>
    /// <remarks>A database that is not chosen yet is <see cref="HealthStatus.Degraded"/>. Descriptions and figures may be
    /// published: they hold no path, no SQL and no data; the exception, for the log, may name paths.</remarks>
    public static IHealthChecksBuilder AddDeployStackDatabase(
        this IHealthChecksBuilder builder,
        string name = "database",
        HealthStatus? failureStatus = null,
        IEnumerable<string>? tags = null,
        TimeSpan? timeout = null,
        Action<DatabaseHealthOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        var deadline = timeout ?? TimeSpan.FromSeconds(5);
        if (deadline <= TimeSpan.Zero)
        {
            throw new ArgumentOutOfRangeException(nameof(timeout), timeout, "The timeout must be positive.");
        }

        var options = new DatabaseHealthOptions();
        configure?.Invoke(options);
        return builder.Add(new HealthCheckRegistration(name, services => new DatabaseHealthCheck(services, options, deadline), failureStatus, tags));
    }
}
