using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace DeployStack.Data.Testing.Conformance.Sessions;

/// <summary>What the front door promises about any unit of work.</summary>
/// <param name="fixture">The provider under test.</param>
public abstract class SessionTests(ConformanceFixture fixture) : ConformanceSuite(fixture)
{
    private const string Schema = "CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT)";
    private const string Count = "SELECT count(*) FROM t";

    [Fact]
    public async Task A_read_returns_what_its_work_returns()
    {
        var database = await CreateDatabaseAsync(Schema, "INSERT INTO t VALUES (1, 'a'), (2, 'b')");
        Assert.Equal(2, await database.ReadAsync(s => s.ExecuteScalarAsync<long>(Count)));
        Assert.Equal("two", await database.ReadAsync(async s => await s.ExecuteScalarAsync<long>(Count) == 2 ? "two" : "other"));
    }

    [Fact]
    public async Task A_write_returns_what_its_work_returns_and_its_rows_are_there()
    {
        var database = await CreateDatabaseAsync(Schema);
        if (await CanWriteInteractivelyAsync(database))
        {
            Assert.Equal(3, await database.WriteAsync(s => s.ExecuteAsync("INSERT INTO t(name) VALUES ('a'), ('b'), ('c')")));
            Assert.Equal(3, await database.ExecuteScalarAsync<long>(Count));
        }
    }

    [Fact]
    public async Task One_statement_is_executed_in_one_line_on_every_engine()
    {
        var database = await CreateDatabaseAsync(Schema);
        Assert.Equal(1, await database.ExecuteAsync("INSERT INTO t VALUES (@id, @name)", new { id = 1, name = "a" }));
        Assert.Equal(0, await database.ExecuteAsync("UPDATE t SET name = 'b' WHERE id = 2"));
        Assert.Equal("a", await database.QuerySingleAsync<string>("SELECT name FROM t"));
        Assert.Equal("a", await database.QuerySingleOrDefaultAsync<string>("SELECT name FROM t WHERE id = @id", new { id = 1 }));
        Assert.Equal(["a"], await database.QueryAsync<string>("SELECT name FROM t"));
    }

    [Fact]
    public async Task The_state_reaches_the_work_unchanged()
    {
        var database = await CreateDatabaseAsync(Schema);
        var state = new object();
        Assert.Same(state, await database.ReadAsync(static (_, given) => ValueTask.FromResult(given), state));
        if (await CanWriteInteractivelyAsync(database))
        {
            Assert.Same(state, await database.WriteAsync(static (_, given) => ValueTask.FromResult(given), state));
        }
    }

    [Fact]
    public async Task An_exception_of_the_work_reaches_the_caller_as_it_is()
    {
        var database = await CreateDatabaseAsync(Schema);
        var thrown = new InvalidTimeZoneException("mine");
        Assert.Same(thrown, await Assert.ThrowsAsync<InvalidTimeZoneException>(() => database.ReadAsync<long>(_ => throw thrown)));
        Assert.Same(thrown, await Assert.ThrowsAsync<InvalidTimeZoneException>(() => database.ReadAsync<long>(async _ =>
        {
            await Task.Yield();
            throw thrown;
        })));
        if (await CanWriteInteractivelyAsync(database))
        {
            Assert.Same(thrown, await Assert.ThrowsAsync<InvalidTimeZoneException>(() => database.WriteAsync(_ => throw thrown)));
        }
    }

    [Fact]
    public async Task A_work_may_await_something_else()
    {
        var database = await CreateDatabaseAsync(Schema, "INSERT INTO t VALUES (1, 'a')");
        var name = await database.ReadAsync(async s =>
        {
            var id = await s.ExecuteScalarAsync<long>("SELECT id FROM t");
            await Task.Delay(1);
            return await s.ExecuteScalarAsync<string>("SELECT name FROM t WHERE id = @id", new { id });
        });
        Assert.Equal("a", name);
    }

    [Fact]
    public async Task Opening_is_idempotent_and_optional()
    {
        var database = CreateDatabase();
        await database.OpenAsync();
        await database.OpenAsync();
        Assert.Equal(1, await database.ExecuteScalarAsync<long>("SELECT 1"));
        Assert.Equal(1, await CreateDatabase().ExecuteScalarAsync<long>("SELECT 1"));
    }

    [Fact]
    public async Task Databases_are_isolated_from_each_other()
    {
        var first = await CreateDatabaseAsync(Schema);
        var second = CreateDatabase();
        await ThrowsAsync(DatabaseErrorKind.SchemaMissing, () => second.ExecuteScalarAsync<long>(Count));
        Assert.Equal(0, await first.ExecuteScalarAsync<long>(Count));
    }

    [Fact]
    public async Task A_database_has_the_name_under_which_it_is_registered()
    {
        Assert.Equal("", CreateDatabase().Name);
        var services = CreateServices(static _ => { }, new() { Name = "tenant-a" });
        var database = services.GetRequiredKeyedService<IDeployStackDatabase>("tenant-a");
        Assert.Equal("tenant-a", database.Name);
        Assert.Equal(1, await database.ExecuteScalarAsync<long>("SELECT 1"));
        Assert.Null(services.GetService<IDeployStackDatabase>());
    }

    [Fact]
    public async Task What_was_committed_is_there_after_reopening()
    {
        var place = CreatePlace();
        var services = OpenServices(place);
        await ApplyAsync(DatabaseOf(services), Schema, "INSERT INTO t VALUES (1, 'a')");
        await ((IAsyncDisposable)services).DisposeAsync();
        if (Fixture.KeepsData)
        {
            Assert.Equal("a", await DatabaseOf(OpenServices(place)).ExecuteScalarAsync<string>("SELECT name FROM t"));
        }
        else
        {
            await ThrowsAsync(DatabaseErrorKind.SchemaMissing, () => DatabaseOf(OpenServices(place)).ExecuteScalarAsync<string>("SELECT name FROM t"));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public async Task A_deadline_must_be_positive(int milliseconds)
    {
        var database = await CreateDatabaseAsync(Schema);
        var deadline = TimeSpan.FromMilliseconds(milliseconds);
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => database.ReadAsync(s => s.ExecuteScalarAsync<long>(Count), new ReadOptions { Deadline = deadline }));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => database.ExecuteBatchAsync([new("DELETE FROM t")], new BatchOptions { Deadline = deadline }));
        if (await CanWriteInteractivelyAsync(database))
        {
            await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => database.WriteAsync(s => s.ExecuteAsync("DELETE FROM t"), new WriteOptions { Deadline = deadline }));
        }
    }

    [Fact]
    public async Task A_missing_work_or_statement_is_a_fault_of_the_program()
    {
        var database = await CreateDatabaseAsync(Schema);
        await Assert.ThrowsAsync<ArgumentNullException>(() => database.ReadAsync<long>(null!));
        await Assert.ThrowsAsync<ArgumentNullException>(() => database.ExecuteBatchAsync(null!));
        await Assert.ThrowsAsync<ArgumentException>(() => database.ExecuteBatchAsync([new("DELETE FROM t"), null!]));
        await Assert.ThrowsAsync<ArgumentException>(() => database.ExecuteBatchAsync([new("  ")]));
        await Assert.ThrowsAsync<ArgumentException>(() => database.QueryAsync<long>(""));
        await Assert.ThrowsAsync<ArgumentException>(() => database.ExecuteAsync(" "));
        await Assert.ThrowsAsync<ArgumentException>(() => database.ReadAsync(s => s.QueryAsync<long>("")));
    }
}
