using System.Collections;
using DeployStack.Data.Tests.Fakes;
using Microsoft.Extensions.Logging;

namespace DeployStack.Data.Tests.Diagnostics;

public sealed class LogTests
{
    [Fact]
    public async Task A_statement_is_one_debug_event_with_its_operation()
    {
        using var telemetry = new TelemetryFixture(static sql => new FakeCommand(sql, ["v"], [1L], [2L]));
        await telemetry.Database.QueryAsync<int>("SELECT v FROM t", options: new() { Label = "read" });
        var record = Assert.Single(telemetry.Logger.Collector.GetSnapshot());
        Assert.Equal((LogLevel.Debug, 1000, "Query"), (record.Level, record.Id.Id, record.Id.Name));
        Assert.Equal(
            ("fake_query", "2", "read", "SELECT v FROM t"),
            (record.GetStructuredStateValue("Operation"), record.GetStructuredStateValue("Rows"), record.GetStructuredStateValue("Label"), record.GetStructuredStateValue("Sql")));
    }

    [Fact]
    public async Task A_slow_statement_is_a_warning_without_its_sql()
    {
        using var telemetry = new TelemetryFixture(static sql => new FakeCommand(sql), static settings => settings with { SlowQueryThreshold = TimeSpan.Zero });
        await telemetry.Database.ExecuteAsync("UPDATE secretly", options: new() { Label = "write" });
        var record = Assert.Single(telemetry.Logger.Collector.GetSnapshot(), static record => record.Level == LogLevel.Warning);
        Assert.Equal((1001, "SlowQuery", "fake_slow_query", "write"), (record.Id.Id, record.Id.Name, record.GetStructuredStateValue("Operation"), record.GetStructuredStateValue("Label")));
        Assert.DoesNotContain("secretly", record.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_statement_is_slow_where_there_is_no_threshold_or_it_is_not_reached()
    {
        foreach (var threshold in new TimeSpan?[] { null, TimeSpan.FromHours(1) })
        {
            using var telemetry = new TelemetryFixture(static sql => new FakeCommand(sql), settings => settings with { SlowQueryThreshold = threshold });
            await telemetry.Database.ExecuteAsync("UPDATE");
            Assert.DoesNotContain(telemetry.Logger.Collector.GetSnapshot(), static record => record.Level > LogLevel.Debug);
        }
    }

    [Fact]
    public async Task Values_are_logged_only_where_the_application_asked_for_it()
    {
        using var silent = new TelemetryFixture(static sql => new FakeCommand(sql));
        await silent.Database.ExecuteAsync("UPDATE @v", new { v = "value" });
        Assert.DoesNotContain(silent.Logger.Collector.GetSnapshot(), static record => record.Message.Contains("value", StringComparison.Ordinal));

        using var open = new TelemetryFixture(static sql => new FakeCommand(sql), static settings => settings with { LogParameterValues = true });
        object[] sources =
        [
            new { v = "value", n = (int?)null, b = new byte[3], l = new List<int> { 1, 2 } },
            new Dictionary<string, object?> { ["v"] = "value" }, new Dictionary<string, string> { ["v"] = "value" }, new Hashtable { ["v"] = "value" },
        ];
        foreach (var source in sources)
        {
            await open.Database.ExecuteAsync("UPDATE @v", source);
        }

        await open.Database.ExecuteBatchAsync([new("UPDATE @v", sources[0])]);
        var records = open.Logger.Collector.GetSnapshot().Where(static record => record.Id.Id == 1004).ToList();
        Assert.Equal(5, records.Count);
        Assert.All(records, static record => Assert.Equal(("fake_query", LogLevel.Debug), (record.GetStructuredStateValue("Operation"), record.Level)));
        Assert.All(records, static record => Assert.Contains("v='value'", record.Message, StringComparison.Ordinal));
        Assert.EndsWith("v='value', n=NULL, b=3 bytes, l=[1, 2]", records[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_hook_hears_every_statement_also_those_of_a_batch()
    {
        using var telemetry = new TelemetryFixture(static sql => new FakeCommand(sql) { RowsAffected = 3 });
        await telemetry.Database.ExecuteAsync("UPDATE 1", options: new() { Label = "one" });
        await telemetry.Database.ExecuteBatchAsync([new("UPDATE 2"), new("UPDATE 3")], new() { Label = "two" });
        Assert.Equal(
            [("UPDATE 1", "one", 3L), ("UPDATE 2", "two", 3L), ("UPDATE 3", "two", 3L)],
            telemetry.Events.Select(static query => (query.Sql, query.Label!, query.Rows)));
        Assert.All(telemetry.Events, static query => Assert.True(query.Duration >= TimeSpan.Zero && query.Error is null));
    }
}
