using DeployStack.Data.Diagnostics;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace DeployStack.Data.Hosting.Health;

/// <summary>Collects findings; used by one check at a time, which may outlive the caller that waited for it.</summary>
internal sealed class HealthReportBuilder
{
    private readonly Lock _gate = new();
    private readonly List<string> _descriptions = [];
    private DatabaseHealth _worst = DatabaseHealth.Healthy;
    private Exception? _error;

    public Dictionary<string, object> Data { get; } = new(StringComparer.Ordinal);

    public void Add(DatabaseHealthFinding finding, string? prefix = null)
    {
        lock (_gate)
        {
            foreach (var (key, value) in finding.Data)
            {
                Data[prefix is null ? key : $"{prefix}.{key}"] = value;
            }

            if (finding.Description is { } description)
            {
                _descriptions.Add(description);
            }

            if (finding.Health < _worst)
            {
                _worst = finding.Health;
                _error = finding.Error ?? _error;
            }
        }
    }

    /// <summary>Adds what a look finds; an error of it is a finding, and its text goes to the log alone: it may name paths.</summary>
    /// <returns>Whether it looked without an error.</returns>
    public async Task<bool> TryAsync(string name, Func<Task<DatabaseHealthFinding>> look, CancellationToken cancellationToken)
    {
        try
        {
            Add(await look().ConfigureAwait(false), name);
            return true;
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested) // an unhealthy finding
        {
            var what = exception is DatabaseException error ? error.Kind.ToString() : exception.GetType().Name;
            Add(new(DatabaseHealth.Unhealthy, $"The check '{name}' failed: {what}.") { Error = exception, Data = new Dictionary<string, object>(StringComparer.Ordinal) { ["error"] = what } }, name);
            return false;
        }
    }

    /// <summary>Makes the result; later findings change nothing of it.</summary>
    public HealthCheckResult Build(HealthStatus failureStatus)
    {
        lock (_gate)
        {
            var status = _worst switch
            {
                DatabaseHealth.Healthy => HealthStatus.Healthy,
                DatabaseHealth.Degraded => HealthStatus.Degraded,
                _ => failureStatus,
            };
            return new(status, _descriptions.Count == 0 ? null : string.Join(' ', _descriptions), _error, new Dictionary<string, object>(Data, StringComparer.Ordinal));
        }
    }
}
