using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Xunit;

namespace DeployStack.Data.Testing.Conformance.Errors;

/// <summary>A secret that is bound as a parameter stays a secret, whatever goes wrong with it.</summary>
/// <param name="fixture">The provider under test.</param>
public abstract class SecrecyTests(ConformanceFixture fixture) : ConformanceSuite(fixture)
{
    private const string Canary = "canary-5f3c1b";

    private static readonly string[] _schema =
    [
        "CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT UNIQUE, small TEXT CHECK (length(small) < 5), needed TEXT NOT NULL DEFAULT 'x', parent TEXT REFERENCES t(name))",
        "CREATE TABLE number (n INTEGER) STRICT",
        "CREATE TRIGGER refuse BEFORE DELETE ON t BEGIN SELECT RAISE(ABORT, 'deleting is refused'); END",
    ];

    private static readonly SqlStatement[] _failing =
    [
        new("INSERT INTO t(name) VALUES (@v)", new { v = Canary }),
        new("INSERT INTO t(small) VALUES (@v)", new { v = Canary }),
        new("INSERT INTO t(parent) VALUES (@v)", new { v = Canary + "-unknown" }),
        new("INSERT INTO t(name, needed) VALUES (@v, @n)", new { v = Canary + "2", n = (string?)null }),
        new("INSERT INTO t(id) VALUES (@v)", new { v = Canary }),
        new("INSERT INTO number VALUES (@v)", new { v = Canary }),
        new("INSERT INTO missing VALUES (@v)", new { v = Canary }),
        new("INSERT INTO t(name) VALUES (@v", new { v = Canary }),
        new("INSERT INTO t(name) VALUES (@v || @w)", new { v = Canary }),
        new("INSERT INTO t(name) VALUES (@v)", new { v = new Unsupported(Canary) }),
        new("INSERT INTO t(name) VALUES (@v)", new { v = Canary + "\ud800" }),
        new("INSERT INTO t(name) SELECT json_extract(@v, '$.x')", new { v = Canary }),
        new("INSERT INTO t(name) SELECT json_extract('{}', @v)", new { v = Canary }),
        new("DELETE FROM t WHERE name = @v", new { v = Canary }),
        new("UPDATE t SET name = @v WHERE id = -1", new { v = Canary }) { Expectation = StatementExpectation.Affects(1) },
        new("SELECT @v", new { v = Canary }) { Expectation = StatementExpectation.NoRows },
        new("BEGIN", new { v = Canary }),
        new("ATTACH @v AS other", new { v = Canary }),
        new("SELECT @v; SELECT 2", new { v = Canary }),
    ];

    [Fact]
    public async Task A_secret_is_in_no_error_no_log_no_span_and_no_query_event()
    {
        var heard = new ConcurrentQueue<string>();
        using var spans = Listen(heard);
        var database = CreateDatabase(new()
        {
            Logger = new Listener(heard),
            OnQuery = query => heard.Enqueue($"{query}"),
            SlowQueryThreshold = TimeSpan.Zero,
        });
        await ApplyAsync(database, _schema);
        await ApplyOneAsync(database, "INSERT INTO t(name) VALUES (@v)", new { v = Canary });
        foreach (var statement in _failing)
        {
            heard.Enqueue(await ErrorOfAsync(() => database.ExecuteBatchAsync([statement])));
            heard.Enqueue(await ErrorOfAsync(() => database.ExecuteBatchAsync([statement, new("SELECT 1")])));
            if (statement.Expectation is null && await CanWriteInteractivelyAsync(database))
            {
                heard.Enqueue(await ErrorOfAsync(() => database.ExecuteAsync(statement.Sql, statement.Parameters)));
            }
        }

        heard.Enqueue(await ErrorOfAsync(() => database.QueryAsync<int>("SELECT @v AS v", new { v = Canary })));
        heard.Enqueue(await ErrorOfAsync(() => database.QueryAsync<DateTime>("SELECT @v AS v", new { v = Canary })));
        heard.Enqueue(await ErrorOfAsync(() => database.QueryAsync<Guid>("SELECT @v AS v", new { v = Canary })));
        heard.Enqueue(await ErrorOfAsync(() => database.QueryAsync<decimal>("SELECT @v AS v", new { v = Canary })));
        heard.Enqueue(await ErrorOfAsync(() => database.QueryAsync<DayOfWeek>("SELECT @v AS v", new { v = Canary })));
        heard.Enqueue(await ErrorOfAsync(() => database.QueryAsync<bool>("SELECT @v AS v", new { v = Canary })));
        heard.Enqueue(await ErrorOfAsync(() => database.QueryAsync<string>("SELECT name FROM t WHERE name MATCH @v", new { v = Canary })));
        heard.Enqueue(await ErrorOfAsync(() => database.QueryAsync<string>("SELECT name FROM t WHERE name IN @v", new { v = new[] { new Unsupported(Canary) } })));
        heard.Enqueue(await ErrorOfAsync(() => database.QuerySingleAsync<string>("SELECT name FROM t WHERE name <> @v AND id < 0", new { v = Canary })));
        heard.Enqueue(await ErrorOfAsync(() => database.QueryAsync<string>("INSERT INTO t(name) VALUES (@v) RETURNING name", new { v = Canary })));
        Assert.DoesNotContain(heard, static text => text.Contains(Canary, StringComparison.Ordinal));
        Assert.Contains(heard, static text => text.StartsWith("log ", StringComparison.Ordinal));
        Assert.Contains(heard, static text => text.StartsWith("span ", StringComparison.Ordinal));
    }

    private static async Task<string> ErrorOfAsync(Func<Task> action)
    {
        var error = await Assert.ThrowsAsync<DatabaseException>(action);
        return $"{error} {error.Message} {error.Sql} {string.Join(' ', error.Columns)} {error.Table} {error.Constraint}";
    }

    private static ActivityListener Listen(ConcurrentQueue<string> heard)
    {
        var listener = new ActivityListener
        {
            ShouldListenTo = static source => source.Name == Diagnostics.DeployStackDataTelemetry.ActivitySourceName,
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = span => heard.Enqueue($"span {span.DisplayName} {span.StatusDescription} {string.Join(' ', span.TagObjects)} {string.Join(' ', span.Events.SelectMany(static e => e.Tags))}"),
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }

    // it says its secret whenever it is asked
    private sealed class Unsupported(string secret)
    {
        public override string ToString() => secret;
    }

    private sealed class Listener(ConcurrentQueue<string> heard) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
            => heard.Enqueue($"log {formatter(state, exception)} {state} {exception}");
    }
}
