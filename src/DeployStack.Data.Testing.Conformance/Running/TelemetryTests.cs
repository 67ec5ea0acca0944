using System.Collections.Concurrent;
using System.Diagnostics;
using DeployStack.Data.Diagnostics;
using Xunit;

namespace DeployStack.Data.Testing.Conformance.Running;

/// <summary>What an application can hear of its statements, whichever thread or machine runs them.</summary>
/// <param name="fixture">The provider under test.</param>
public abstract class TelemetryTests(ConformanceFixture fixture) : ConformanceSuite(fixture)
{
    private const string Schema = "CREATE TABLE t (id INTEGER PRIMARY KEY)";
    private const string Count = "SELECT count(*) FROM t";

    [Fact]
    public async Task A_read_has_a_span_below_that_of_its_caller()
    {
        var database = await CreateDatabaseAsync(Schema);
        using var spans = new Spans();
        using var caller = new Activity("request").Start();
        await database.ExecuteScalarAsync<long>(Count, options: new() { Label = "count" });
        Assert.Same(caller, Activity.Current);
        await spans.AssertOneAsync(caller, "count", database, Count);
    }

    [Fact]
    public async Task Statements_of_one_unit_have_spans_side_by_side()
    {
        var database = await CreateDatabaseAsync(Schema);
        using var spans = new Spans();
        using var caller = new Activity("request").Start();
        await database.ReadAsync(
            async s =>
            {
                await s.ExecuteScalarAsync<long>(Count);
                await Task.Yield();
                await s.ExecuteScalarAsync<long>(Count);
                await foreach (var _ in s.StreamAsync<long>("SELECT id FROM t"))
                {
                }

                return 0;
            },
            new ReadOptions { Label = "several" });
        Assert.Same(caller, Activity.Current);
        await spans.WaitAsync(caller, 3);
        Assert.All(spans.Of(caller), span => Assert.Equal((caller.SpanId, "several"), (span.ParentSpanId, span.DisplayName)));
    }

    [Fact]
    public async Task A_write_has_spans_below_that_of_its_caller()
    {
        var database = await CreateDatabaseAsync(Schema);
        if (!await CanWriteInteractivelyAsync(database))
        {
            return;
        }

        using var spans = new Spans();
        using var caller = new Activity("request").Start();
        await database.WriteAsync(s => s.ExecuteAsync("INSERT INTO t VALUES (1)"), new WriteOptions { Label = "insert" });
        Assert.Same(caller, Activity.Current);
        await spans.AssertOneAsync(caller, "insert", database, "INSERT INTO t VALUES (1)");
    }

    [Fact]
    public async Task A_batch_has_one_span_for_all_its_statements()
    {
        var database = await CreateDatabaseAsync(Schema);
        using var spans = new Spans();
        using var caller = new Activity("request").Start();
        await database.ExecuteBatchAsync([new("INSERT INTO t VALUES (1)"), new("INSERT INTO t VALUES (2)")], new() { Label = "both" });
        Assert.Same(caller, Activity.Current);
        await spans.WaitAsync(caller, 1);
        var span = Assert.Single(spans.Of(caller));
        Assert.Equal((caller.SpanId, "both", 2), (span.ParentSpanId, span.DisplayName, span.GetTagItem("db.operation.batch.size")));
    }

    [Fact]
    public async Task A_failed_statement_has_a_span_with_its_error()
    {
        var database = await CreateDatabaseAsync(Schema);
        using var spans = new Spans();
        using var caller = new Activity("request").Start();
        await ThrowsAsync(DatabaseErrorKind.SchemaMissing, () => database.QueryAsync<long>("SELECT * FROM missing"));
        await ThrowsAsync(DatabaseErrorKind.UniqueViolation, () => database.ExecuteBatchAsync([new("INSERT INTO t VALUES (1)"), new("INSERT INTO t VALUES (1)")]));
        Assert.Same(caller, Activity.Current);
        await spans.WaitAsync(caller, 2);
        foreach (var span in spans.Of(caller).Where(static span => span.StatusDescription is "SchemaMissing" or "UniqueViolation"))
        {
            Assert.Equal(ActivityStatusCode.Error, span.Status);
            Assert.NotNull(span.GetTagItem("error.type"));
        }
    }

    [Fact]
    public async Task Every_statement_is_told_to_the_hook()
    {
        ConcurrentQueue<QueryEvent> told = [];
        var database = CreateDatabase(new() { OnQuery = told.Enqueue });
        await ApplyAsync(database, Schema);
        told.Clear();
        await database.QueryAsync<long>("SELECT 1 UNION ALL SELECT 2", options: new() { Label = "two" });
        await ThrowsAsync(DatabaseErrorKind.SchemaMissing, () => database.QueryAsync<long>("SELECT * FROM missing", options: new() { Label = "none" }));
        Assert.Contains(told, static query => query is { Sql: "SELECT 1 UNION ALL SELECT 2", Label: "two", Rows: 2, Error: null });
        Assert.Contains(told, static query => query is { Sql: "SELECT * FROM missing", Label: "none", Error: DatabaseErrorKind.SchemaMissing });
        await database.ReadAsync(async s =>
        {
            await foreach (var _ in s.StreamAsync<long>("SELECT 1 UNION ALL SELECT 3"))
            {
            }

            return 0;
        });
        Assert.Contains(told, static query => query is { Sql: "SELECT 1 UNION ALL SELECT 3", Rows: 2, Error: null });
        if (await CanWriteInteractivelyAsync(database))
        {
            await database.WriteAsync(s => s.ExecuteAsync("INSERT INTO t VALUES (1), (2), (3)"), new WriteOptions { Label = "three" });
            Assert.Contains(told, static query => query is { Sql: "INSERT INTO t VALUES (1), (2), (3)", Label: "three", Rows: 3, Error: null });
        }
    }

    private sealed class Spans : IDisposable
    {
        private readonly ConcurrentQueue<Activity> _stopped = [];
        private readonly ActivityListener _listener;

        public Spans()
        {
            _listener = new ActivityListener
            {
                ShouldListenTo = static source => source.Name == DeployStackDataTelemetry.ActivitySourceName,
                Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
                ActivityStopped = _stopped.Enqueue,
            };
            ActivitySource.AddActivityListener(_listener);
        }

        /// <summary>The spans of the library within the caller's trace.</summary>
        public List<Activity> Of(Activity caller)
            => [.. _stopped.Where(span => span.TraceId == caller.TraceId && span.Source.Name == DeployStackDataTelemetry.ActivitySourceName)];

        /// <summary>Waits for spans: one ends on the thread that ran the statement, perhaps after the caller goes on.</summary>
        public async Task WaitAsync(Activity caller, int count)
        {
            var started = Stopwatch.GetTimestamp();
            while (Of(caller).Count < count)
            {
                Assert.True(Stopwatch.GetElapsedTime(started) < TestScale.Patience, $"{Of(caller).Count} of {count} spans came.");
                await Task.Delay(5);
            }
        }

        public async Task AssertOneAsync(Activity caller, string name, IDeployStackDatabase database, string sql)
        {
            await WaitAsync(caller, 1);

            // a statement that was run again has one for each run
            Assert.All(Of(caller), span =>
            {
                Assert.Equal((name, ActivityKind.Client, caller.SpanId), (span.DisplayName, span.Kind, span.ParentSpanId));
                Assert.Equal(
                    (database.Capabilities.SystemName, name, sql),
                    (span.GetTagItem("db.system.name"), span.GetTagItem("db.query.summary"), span.GetTagItem("db.query.text")));
                Assert.NotNull(span.GetTagItem("db.namespace"));
            });
        }

        public void Dispose() => _listener.Dispose();
    }
}
