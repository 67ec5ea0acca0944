using System.Diagnostics.Metrics;
using DeployStack.Data.Diagnostics;
using DeployStack.Data.Sqlite.Reading;
using DeployStack.Data.Sqlite.Writing;

namespace DeployStack.Data.Sqlite.Engine;

/// <summary>The gauges of one engine; they are asked only while somebody listens.</summary>
internal sealed class EngineMeter : IDisposable
{
    private readonly Meter? _own;
    private volatile bool _isClosed;

    /// <param name="meters">The container's factory; without it the engine has a meter of its own, so that nothing keeps
    /// a closed engine alive.</param>
    /// <param name="database">The value of <c>db.namespace</c>.</param>
    /// <param name="writer">Asked by the gauges.</param>
    /// <param name="readers">Asked by the gauges.</param>
    public EngineMeter(IMeterFactory? meters, string database, Writer writer, ReaderPool readers)
    {
        var meter = meters?.Create(DeployStackDataTelemetry.MeterName) ?? (_own = new(DeployStackDataTelemetry.MeterName));
        KeyValuePair<string, object?>[] tags = [new("db.system.name", "sqlite"), new("db.namespace", database)];
        meter.CreateObservableGauge(DeployStackDataTelemetry.WriterQueueLength, () => Measure(writer.Queue.Count, tags), "{unit}", "Units that wait for the writer.");
        meter.CreateObservableGauge(DeployStackDataTelemetry.ReaderQueueLength, () => Measure(readers.Status.QueueLength, tags), "{unit}", "Reads that wait for a reader.");
        meter.CreateObservableGauge(DeployStackDataTelemetry.WriterHeld, () => Measure(writer.Ledger.Read(0).HeldFor.TotalSeconds, tags), "s", "How long the current unit has held the writer.");
        var sizes = meter.CreateHistogram<int>(DeployStackDataTelemetry.GroupSize, "{unit}", "Units that shared one commit.");
        writer.GroupCommitted = size =>
        {
            if (sizes.Enabled)
            {
                sizes.Record(size, tags);
            }
        };
    }

    public void Dispose()
    {
        _isClosed = true;
        _own?.Dispose();
    }

    private IEnumerable<Measurement<T>> Measure<T>(T value, KeyValuePair<string, object?>[] tags)
        where T : struct
        => _isClosed ? [] : [new Measurement<T>(value, tags)];
}
