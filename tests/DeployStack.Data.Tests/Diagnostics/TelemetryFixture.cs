using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using DeployStack.Data.Diagnostics;
using DeployStack.Data.Sessions;
using DeployStack.Data.Tests.Fakes;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Microsoft.Extensions.Logging.Testing;

namespace DeployStack.Data.Tests.Diagnostics;

/// <summary>A database without an engine, and everyone who can listen to it.</summary>
internal sealed class TelemetryFixture : IDisposable
{
    private readonly OwnMeters _meters = new();
    private readonly ConcurrentQueue<Activity> _spans = new();
    private readonly ActivityListener _listener;

    public TelemetryFixture(Func<string, FakeCommand> commands, Func<DatabaseSettings, DatabaseSettings>? configure = null)
    {
        Durations = new(_meters, DeployStackDataTelemetry.MeterName, DeployStackDataTelemetry.OperationDuration);
        _listener = new()
        {
            ShouldListenTo = static source => source.Name is DeployStackDataTelemetry.ActivitySourceName or "test",
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = _spans.Enqueue,
        };
        ActivitySource.AddActivityListener(_listener);
        Caller = new Activity("caller").Start();
        var settings = new DatabaseSettings { Logger = Logger, Meters = _meters, OnQuery = Events.Enqueue };
        Database = DatabaseFactory.Create(new FakeProvider { Commands = commands }, configure?.Invoke(settings) ?? settings);
    }

    public IDeployStackDatabase Database { get; }

    public FakeLogger Logger { get; } = new();

    public ConcurrentQueue<QueryEvent> Events { get; } = new();

    public MetricCollector<double> Durations { get; }

    public Activity Caller { get; }

    /// <summary>The spans below the caller: other tests of the process make spans, too.</summary>
    public List<Activity> Spans => [.. _spans.Where(span => span.TraceId == Caller.TraceId && span != Caller)];

    public void Dispose()
    {
        Caller.Dispose();
        _listener.Dispose();
        Durations.Dispose();
        _meters.Dispose();
    }

    /// <summary>Meters that no other test listens to.</summary>
    private sealed class OwnMeters : IMeterFactory
    {
        private readonly List<Meter> _made = [];

        public Meter Create(MeterOptions options)
        {
            var meter = new Meter(options.Name, options.Version, options.Tags, scope: this);
            _made.Add(meter);
            return meter;
        }

        public void Dispose() => _made.ForEach(static meter => meter.Dispose());
    }
}
