using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;

namespace DeployStack.Data.Diagnostics;

/// <summary>Span, duration, log event and hook of each statement of one database; next to nothing when nobody listens.</summary>
internal sealed class Instrumentation
{
    private static readonly ActivitySource _source = new(DeployStackDataTelemetry.ActivitySourceName, Version);
    private static readonly Lazy<Meter> _processMeter = new(static () => new(DeployStackDataTelemetry.MeterName, Version));

    // the boundaries that the conventions give for this metric
    private static readonly InstrumentAdvice<double> _buckets = new() { HistogramBucketBoundaries = [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 10] };

    private readonly Histogram<double> _duration;
    private readonly string _queryOperation;
    private readonly string _slowOperation;
    private readonly string _system;
    private readonly string _database;
    private readonly ILogger _logger;
    private readonly long _slow;
    private readonly Action<QueryEvent>? _onQuery;

    public Instrumentation(string system, string database, ILogger logger, IMeterFactory? meters, TimeSpan? slow, Action<QueryEvent>? onQuery)
    {
        _system = system;
        _database = database;
        _logger = logger;
        _slow = slow is { } threshold ? (long)(threshold.TotalSeconds * Stopwatch.Frequency) : long.MaxValue;
        _onQuery = onQuery;
        _queryOperation = $"{system}_query";
        _slowOperation = $"{system}_slow_query";
        Meter = meters?.Create(DeployStackDataTelemetry.MeterName, Version) ?? _processMeter.Value;
        _duration = Meter.CreateHistogram(
            DeployStackDataTelemetry.OperationDuration,
            "s",
            "Duration of database client operations.",
            tags: null,
            _buckets);
    }

    /// <summary>The span that the calling code runs in, if there is one and somebody listens to ours.</summary>
    public static Activity? Caller => _source.HasListeners() ? Activity.Current : null;

    /// <summary>The meter of this database's instruments.</summary>
    public Meter Meter { get; }

    // Reading the clock twice is a tenth of a short read.
    private bool IsObserved => _duration.Enabled || _onQuery is not null || _logger.IsEnabled(_slow < long.MaxValue ? LogLevel.Warning : LogLevel.Debug);

    private static string Version { get; } = typeof(Instrumentation).Assembly.GetName().Version!.ToString(3);

    /// <summary>Starts to measure one operation.</summary>
    /// <param name="sql">The statement; of a batch, <see langword="null"/>.</param>
    /// <param name="label">The unit's label.</param>
    /// <param name="caller">The span above, from <see cref="Caller"/> where the statement was written down: it may run on
    /// another thread.</param>
    /// <param name="batchSize">Statements of a batch; 0 for a single statement.</param>
    /// <param name="isInBatch">Whether the statement belongs to a batch: the batch has the span and the duration.</param>
    public Operation Start(string? sql, string? label, Activity? caller, int batchSize = 0, bool isInBatch = false)
    {
        var activity = !isInBatch && _source.HasListeners() ? StartActivity(sql, label, caller, batchSize) : null;
        return new(activity is not null || IsObserved ? Stopwatch.GetTimestamp() : 0, activity, isInBatch);
    }

    /// <summary>Ends an operation and tells whoever listens.</summary>
    public void End(in Operation operation, string? sql, string? label, long rows, Exception? error = null)
    {
        if (operation.Started == 0)
        {
            return;
        }

        var elapsed = Stopwatch.GetTimestamp() - operation.Started;
        if (_duration.Enabled && !operation.IsInBatch)
        {
            Record(elapsed, error);
        }

        if (operation.Activity is { } activity)
        {
            EndActivity(activity, error);
        }

        if (sql is null)
        {
            return;
        }

        var duration = Stopwatch.GetElapsedTime(0, elapsed);
        if (elapsed >= _slow && _logger.IsEnabled(LogLevel.Warning))
        {
            DatabaseLog.SlowQuery(_logger, _slowOperation, duration.TotalMilliseconds, rows, label);
        }

        if (_logger.IsEnabled(LogLevel.Debug))
        {
            DatabaseLog.Query(_logger, _queryOperation, rows, duration.TotalMilliseconds, label, sql);
        }

        _onQuery?.Invoke(new(sql, label, duration, rows, error is null ? null : KindOf(error)));
    }

    /// <summary>Logs the values of parameters; called only where the application opted in.</summary>
    public void LogParameters(object? parameters)
    {
        if (parameters is not null && _logger.IsEnabled(LogLevel.Debug))
        {
            var text = ParameterText.Of(parameters);
            DatabaseLog.QueryParameters(_logger, _queryOperation, text);
        }
    }

    private static string CodeOf(Exception error) => error is DatabaseException { NativeExtendedErrorCode: not 0 } native
        ? native.NativeExtendedErrorCode.ToString(System.Globalization.CultureInfo.InvariantCulture)
        : error is DatabaseException database ? database.Kind.ToString() : error.GetType().FullName!;

    private static DatabaseErrorKind KindOf(Exception error) => error is DatabaseException database ? database.Kind : DatabaseErrorKind.Unknown;

    private static void EndActivity(Activity activity, Exception? error)
    {
        if (error is not null)
        {
            activity.SetTag("error.type", CodeOf(error));
            activity.SetTag("db.response.status_code", CodeOf(error));
            activity.SetStatus(ActivityStatusCode.Error, KindOf(error).ToString());
        }

        var current = Activity.Current;
        activity.Dispose(); // which makes the span that was current at its start current here, on whichever thread this is
        Activity.Current = current;
    }

    private Activity? StartActivity(string? sql, string? label, Activity? caller, int batchSize)
    {
        var tags = new TagList { { "db.system.name", _system }, { "db.namespace", _database } };
        if (label is not null)
        {
            tags.Add("db.query.summary", label);
        }

        if (sql is not null)
        {
            tags.Add("db.query.text", sql);
        }

        if (batchSize > 1)
        {
            tags.Add("db.operation.batch.size", batchSize);
        }

        // It never becomes the current span: an asynchronous statement ends where that could not be taken back.
        var current = Activity.Current;
        var above = caller is { IsStopped: false } ? caller : null;
        Activity.Current = above;
        var activity = _source.StartActivity(label ?? _system, ActivityKind.Client, above is null && caller is not null ? caller.Context : default, tags);
        Activity.Current = current;
        return activity;
    }

    private void Record(long elapsed, Exception? error)
    {
        var tags = new TagList { { "db.system.name", _system }, { "db.namespace", _database } };
        if (error is not null)
        {
            tags.Add("error.type", CodeOf(error));
        }

        _duration.Record((double)elapsed / Stopwatch.Frequency, tags);
    }

    /// <summary>One operation under way.</summary>
    /// <param name="Started">In stopwatch ticks; 0 where nobody would be told.</param>
    /// <param name="Activity">Its span, where somebody listens.</param>
    /// <param name="IsInBatch">Whether it is part of a batch.</param>
    internal readonly record struct Operation(long Started, Activity? Activity, bool IsInBatch);
}
