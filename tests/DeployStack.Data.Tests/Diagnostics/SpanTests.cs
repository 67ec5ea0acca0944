using System.Diagnostics;
using DeployStack.Data.Tests.Fakes;

namespace DeployStack.Data.Tests.Diagnostics;

public sealed class SpanTests
{
    [Fact]
    public async Task A_statement_has_one_client_span_after_the_conventions()
    {
        using var telemetry = new TelemetryFixture(static sql => new FakeCommand(sql, ["v"], [1L]));
        await telemetry.Database.QueryAsync<int>("SELECT @v", new { v = 1 }, new() { Label = "read one" });
        var span = Assert.Single(telemetry.Spans);
        Assert.Equal(("read one", ActivityKind.Client, telemetry.Caller.SpanId), (span.DisplayName, span.Kind, span.ParentSpanId));
        Assert.Equal(
            [("db.namespace", "fake.db"), ("db.query.summary", "read one"), ("db.query.text", "SELECT @v"), ("db.system.name", "fake")],
            span.TagObjects.Select(static tag => (tag.Key, (string)tag.Value!)).Order());
        Assert.Equal(ActivityStatusCode.Unset, span.Status);
    }

    [Fact]
    public async Task A_statement_without_a_label_is_named_after_the_system()
    {
        using var telemetry = new TelemetryFixture(static sql => new FakeCommand(sql));
        await telemetry.Database.QueryAsync<int>("SELECT 1");
        var span = Assert.Single(telemetry.Spans);
        Assert.Equal("fake", span.DisplayName);
        Assert.Null(span.GetTagItem("db.query.summary"));
    }

    [Theory]
    [InlineData(0, "UniqueViolation")]
    [InlineData(2067, "2067")]
    public async Task An_error_is_told_by_its_code_and_kind(int native, string code)
    {
        using var telemetry = new TelemetryFixture(sql => new FakeCommand(sql) { Failure = new DatabaseException(DatabaseErrorKind.UniqueViolation, "x") { NativeExtendedErrorCode = native } });
        await Assert.ThrowsAsync<DatabaseException>(() => telemetry.Database.ExecuteAsync("INSERT"));
        var span = Assert.Single(telemetry.Spans);
        Assert.Equal((ActivityStatusCode.Error, "UniqueViolation"), (span.Status, span.StatusDescription));
        Assert.Equal((code, code), (span.GetTagItem("error.type"), span.GetTagItem("db.response.status_code")));
    }

    [Fact]
    public async Task A_batch_has_one_span_with_its_size_and_its_statements_have_none()
    {
        using var telemetry = new TelemetryFixture(static sql => new FakeCommand(sql));
        await telemetry.Database.ExecuteBatchAsync([new("INSERT 1"), new("INSERT 2"), new("INSERT 3")], new() { Label = "three" });
        var span = Assert.Single(telemetry.Spans);
        Assert.Equal(("three", 3), (span.DisplayName, span.GetTagItem("db.operation.batch.size")));
        Assert.Null(span.GetTagItem("db.query.text"));
        await telemetry.Database.ExecuteBatchAsync([new("INSERT 1")]);
        Assert.Null(telemetry.Spans[^1].GetTagItem("db.operation.batch.size")); // a batch of one is none, say the conventions
    }

    [Fact]
    public async Task Spans_stand_side_by_side_and_the_callers_stays_current()
    {
        using var telemetry = new TelemetryFixture(static sql => new FakeCommand(sql));
        await telemetry.Database.ReadAsync(async s =>
        {
            await s.QueryAsync<int>("SELECT 1");
            Assert.Same(telemetry.Caller, Activity.Current);
            await Task.Yield();
            await s.QueryAsync<int>("SELECT 2");
            Assert.Same(telemetry.Caller, Activity.Current);
            return 0;
        });
        Assert.Equal(2, telemetry.Spans.Count);
        Assert.All(telemetry.Spans, span => Assert.Equal(telemetry.Caller.SpanId, span.ParentSpanId));
    }

    [Fact]
    public async Task A_span_of_the_work_itself_stands_between()
    {
        using var telemetry = new TelemetryFixture(static sql => new FakeCommand(sql));
        using var source = new ActivitySource("test");
        await telemetry.Database.ReadAsync(async s =>
        {
            using var own = source.StartActivity("own");
            await s.QueryAsync<int>("SELECT 1");
            Assert.Same(own, Activity.Current);
            return 0;
        });
        var (statement, between) = (telemetry.Spans.Single(static span => span.DisplayName == "fake"), telemetry.Spans.Single(static span => span.DisplayName == "own"));
        Assert.Equal((between.SpanId, telemetry.Caller.SpanId), (statement.ParentSpanId, between.ParentSpanId));
    }
}
