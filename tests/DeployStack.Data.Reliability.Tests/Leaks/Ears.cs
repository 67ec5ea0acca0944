using System.Diagnostics;
using System.Diagnostics.Metrics;
using DeployStack.Data.Diagnostics;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;

namespace DeployStack.Data.Reliability.Leaks;

/// <summary>Hears everything that the library tells: log records at every level, spans, metrics and the query hook.</summary>
internal sealed class Ears : IDisposable
{
    private readonly Haystack _haystack;
    private readonly FakeLogCollector _log = new();
    private readonly ActivityListener _spans;
    private readonly MeterListener _metrics = new();

    public Ears(Haystack haystack)
    {
        _haystack = haystack;
        Logging = LoggerFactory.Create(builder => builder.SetMinimumLevel(LogLevel.Trace).AddProvider(new FakeLoggerProvider(_log)));
        _spans = new()
        {
            ShouldListenTo = static source => source.Name == DeployStackDataTelemetry.ActivitySourceName,
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = Add,
        };
        ActivitySource.AddActivityListener(_spans);
        _metrics.InstrumentPublished = static (instrument, listener) =>
        {
            if (instrument.Meter.Name == DeployStackDataTelemetry.MeterName)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _metrics.SetMeasurementEventCallback<long>(Add);
        _metrics.SetMeasurementEventCallback<int>(Add);
        _metrics.SetMeasurementEventCallback<double>(Add);
        _metrics.Start();
    }

    public ILoggerFactory Logging { get; }

    public void OnQuery(QueryEvent query) => _haystack.Add("query hook", query.ToString());

    /// <summary>Puts what was logged so far into the haystack.</summary>
    public void Collect()
    {
        _metrics.RecordObservableInstruments();
        foreach (var record in _log.GetSnapshot())
        {
            _haystack.Add("log", $"{record.Id} {record.Message} {string.Join(';', record.StructuredState ?? [])} {string.Join(';', record.Scopes)}");
            if (record.Exception is { } exception)
            {
                _haystack.Add("log", exception);
            }
        }
    }

    public void Dispose()
    {
        _spans.Dispose();
        _metrics.Dispose();
        Logging.Dispose();
    }

    private void Add(Activity span)
    {
        _haystack.Add("span", $"{span.DisplayName} {span.StatusDescription} {string.Join(';', span.TagObjects)} {string.Join(';', span.Baggage)}");
        foreach (var each in span.Events)
        {
            _haystack.Add("span", $"{each.Name} {string.Join(';', each.Tags)}");
        }
    }

    private void Add<T>(Instrument instrument, T measurement, ReadOnlySpan<KeyValuePair<string, object?>> tags, object? state)
        => _haystack.Add("metric", $"{instrument.Name} {measurement} {string.Join(';', tags.ToArray())}");
}
