using DeployStack.Data.Tests.Fakes;

namespace DeployStack.Data.Tests.Diagnostics;

public sealed class MetricTests
{
    [Fact]
    public async Task Every_statement_is_measured_in_seconds_after_the_conventions()
    {
        using var telemetry = new TelemetryFixture(static sql => new FakeCommand(sql));
        await telemetry.Database.QueryAsync<int>("SELECT 1");
        var measurement = Assert.Single(telemetry.Durations.GetMeasurementSnapshot());
        Assert.InRange(measurement.Value, 0, 30);
        Assert.Equal([("db.namespace", "fake.db"), ("db.system.name", "fake")], measurement.Tags.Select(static tag => (tag.Key, (string)tag.Value!)).Order());
        Assert.Equal(("db.client.operation.duration", "s"), (telemetry.Durations.Instrument!.Name, telemetry.Durations.Instrument.Unit));
    }

    [Fact]
    public async Task An_error_is_a_tag()
    {
        using var telemetry = new TelemetryFixture(static sql => new FakeCommand(sql) { Failure = new DatabaseException(DatabaseErrorKind.DiskFull, "x") });
        await Assert.ThrowsAsync<DatabaseException>(() => telemetry.Database.ExecuteAsync("INSERT"));
        Assert.Equal("DiskFull", Assert.Single(telemetry.Durations.GetMeasurementSnapshot()).Tags["error.type"]);
    }

    [Fact]
    public async Task An_exception_that_is_none_of_ours_is_told_by_its_type()
    {
        using var telemetry = new TelemetryFixture(static sql => new FakeCommand(sql) { Failure = new InvalidTimeZoneException() });
        await Assert.ThrowsAsync<InvalidTimeZoneException>(() => telemetry.Database.ExecuteAsync("INSERT"));
        Assert.Equal("System.InvalidTimeZoneException", Assert.Single(telemetry.Durations.GetMeasurementSnapshot()).Tags["error.type"]);
    }

    [Fact]
    public async Task A_batch_is_measured_once()
    {
        using var telemetry = new TelemetryFixture(static sql => new FakeCommand(sql));
        await telemetry.Database.ExecuteBatchAsync([new("INSERT 1"), new("INSERT 2")]);
        Assert.Single(telemetry.Durations.GetMeasurementSnapshot());
    }

    [Fact]
    public async Task A_stream_is_measured_once_to_its_end()
    {
        using var telemetry = new TelemetryFixture(static sql => new FakeCommand(sql, ["v"], [1L], [2L], ["no number"]));
        await Assert.ThrowsAsync<DatabaseException>(() => telemetry.Database.ReadAsync(async s =>
        {
            await foreach (var _ in s.StreamAsync<int>("SELECT v"))
            {
                Assert.Empty(telemetry.Durations.GetMeasurementSnapshot());
            }

            return 0;
        }));
        Assert.Equal("ResultShape", Assert.Single(telemetry.Durations.GetMeasurementSnapshot()).Tags["error.type"]);
        var query = Assert.Single(telemetry.Events);
        Assert.Equal((2, DatabaseErrorKind.ResultShape), (query.Rows, query.Error));
    }

    [Fact]
    public async Task A_secret_is_in_no_tag_of_a_metric()
    {
        const string canary = "canary-77aa";
        using var telemetry = new TelemetryFixture(static sql => new FakeCommand(sql, ["v"], [canary]) { Failure = sql.Contains("fail", StringComparison.Ordinal) ? new DatabaseException(DatabaseErrorKind.CheckViolation, "x") : null });
        await Assert.ThrowsAsync<DatabaseException>(() => telemetry.Database.ExecuteAsync("INSERT fail @v", new { v = canary }));
        await Assert.ThrowsAsync<DatabaseException>(() => telemetry.Database.QueryAsync<int>("SELECT @v", new { v = canary }));
        await Assert.ThrowsAsync<DatabaseException>(() => telemetry.Database.QueryAsync<int>("SELECT @w", new { v = canary }));
        var heard = telemetry.Durations.GetMeasurementSnapshot().SelectMany(static measurement => measurement.Tags.Select(static tag => $"{tag.Key}={tag.Value}"))
            .Concat(telemetry.Logger.Collector.GetSnapshot().Select(static record => $"{record.Message} {record.Exception}"))
            .Concat(telemetry.Spans.SelectMany(static span => span.TagObjects.Select(static tag => $"{tag.Key}={tag.Value}")))
            .Concat(telemetry.Events.Select(static query => $"{query}")).ToList();
        Assert.NotEmpty(heard);
        Assert.DoesNotContain(heard, static text => text.Contains(canary, StringComparison.Ordinal));
    }
}
