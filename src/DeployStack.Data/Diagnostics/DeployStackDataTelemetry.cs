namespace DeployStack.Data.Diagnostics;

/// <summary>The names under which the library can be listened to.</summary>
/// <remarks>They follow the OpenTelemetry conventions for database clients,
/// https://opentelemetry.io/docs/specs/semconv/database/. SQL text on spans is parameterised text; values are never there.</remarks>
public static class DeployStackDataTelemetry
{
    /// <summary>The <see cref="System.Diagnostics.ActivitySource"/>: one client span per statement and per batch.</summary>
    public const string ActivitySourceName = "DeployStack.Data";

    /// <summary>The meter of all instruments below; with a meter factory in the container it is made by that.</summary>
    public const string MeterName = "DeployStack.Data";

    /// <summary>Histogram, seconds: the duration of statements.</summary>
    public const string OperationDuration = "db.client.operation.duration";

    /// <summary>Gauge: units that wait for the writer.</summary>
    public const string WriterQueueLength = "deploystack.data.writer.queue_length";

    /// <summary>Gauge: reads that wait for a reader.</summary>
    public const string ReaderQueueLength = "deploystack.data.reader.queue_length";

    /// <summary>Gauge, seconds: how long the current unit has held the writer.</summary>
    public const string WriterHeld = "deploystack.data.writer.held";

    /// <summary>Histogram: units that shared one commit.</summary>
    public const string GroupSize = "deploystack.data.writer.group_size";
}
