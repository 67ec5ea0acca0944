using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace DeployStack.Data.Testing.Conformance.Running;

/// <summary>The end of a database: what was accepted is answered, what comes later is refused, nothing is left open.</summary>
/// <param name="fixture">The provider under test.</param>
public abstract class DisposalTests(ConformanceFixture fixture) : ConformanceSuite(fixture)
{
    private const string Schema = "CREATE TABLE t (id INTEGER PRIMARY KEY)";
    private const string Insert = "INSERT INTO t VALUES (@id)";
    private const string Count = "SELECT count(*) FROM t";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Use_after_disposal_is_refused(bool asynchronously)
    {
        var database = await CreateDatabaseAsync(Schema);
        await DisposeAsync(database, asynchronously);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => database.ExecuteScalarAsync<long>(Count));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => database.ExecuteBatchAsync([new("INSERT INTO t VALUES (1)")]));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => database.OpenAsync());
        if (database.Capabilities.InteractiveTransactions)
        {
            await Assert.ThrowsAsync<ObjectDisposedException>(() => database.WriteAsync(s => s.ExecuteAsync("INSERT INTO t VALUES (1)")));
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Disposing_again_does_nothing(bool asynchronously)
    {
        var database = await CreateDatabaseAsync(Schema);
        await DisposeAsync(database, asynchronously);
        await DisposeAsync(database, asynchronously);
        await DisposeAsync(database, !asynchronously);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => DisposeAsync(database, asynchronously))));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_database_that_was_never_used_can_be_disposed(bool asynchronously)
        => await DisposeAsync(CreateDatabase(), asynchronously);

    [Fact]
    public async Task Disposal_at_the_same_time_as_the_first_use_ends_both()
    {
        for (var i = 0; i < 10; i++)
        {
            var database = CreateDatabase();
            var use = Record.ExceptionAsync(() => Task.Run(() => database.ExecuteScalarAsync<long>("SELECT 1")));
            await Task.Run(async () => await database.DisposeAsync()).WaitAsync(TestScale.Patience);
            var error = await use.WaitAsync(TestScale.Patience);
            Assert.True(error is null or ObjectDisposedException, $"{error}");
        }
    }

    [Fact]
    public async Task Disposal_during_work_answers_everyone_and_loses_nothing_acknowledged()
    {
        var place = CreatePlace();
        var services = OpenServices(place);
        var database = DatabaseOf(services);
        await ApplyAsync(database, Schema);
        var written = new bool[64];
        var enough = new TaskCompletionSource();
        var acknowledged = 0;
        var work = Enumerable.Range(0, written.Length).Select(id => Task.Run(async () =>
        {
            var error = await Record.ExceptionAsync(async () =>
            {
                for (var round = 0; ; round++)
                {
                    if (round == 0)
                    {
                        await database.ExecuteBatchAsync([new(Insert, new { id })]);
                        written[id] = true;
                        if (Interlocked.Increment(ref acknowledged) == 16)
                        {
                            enough.SetResult();
                        }
                    }

                    Assert.True(await database.ExecuteScalarAsync<int>(Count) > 0);
                }
            });
            Assert.True(error is ObjectDisposedException, $"{error}");
        })).ToList();
        await enough.Task.WaitAsync(TestScale.Patience);
        await ((IAsyncDisposable)services).DisposeAsync().AsTask().WaitAsync(TestScale.Patience);
        await Task.WhenAll(work).WaitAsync(TestScale.Patience);
        if (Fixture.KeepsData)
        {
            var there = await DatabaseOf(OpenServices(place)).QueryAsync<int>("SELECT id FROM t");
            Assert.Empty(Enumerable.Range(0, written.Length).Where(id => written[id]).Except(there));
        }
    }

    [Fact]
    public async Task Work_that_was_accepted_is_finished_before_disposal_ends()
    {
        var place = CreatePlace();
        var services = OpenServices(place);
        var database = DatabaseOf(services);
        await ApplyAsync(database, Schema);
        var slow = database.ExecuteScalarAsync<long>(Slow.ShortQuery);
        var batch = database.ExecuteBatchAsync([new(Insert, new { id = 1 })]);
        await ((IAsyncDisposable)services).DisposeAsync();
        var outcomes = new[] { await Record.ExceptionAsync(() => slow.WaitAsync(TestScale.Patience)), await Record.ExceptionAsync(() => batch.WaitAsync(TestScale.Patience)) };

        // a re-run that a fault of the engine had made necessary comes too late
        Assert.All(outcomes, static outcome => Assert.True(outcome is null or ObjectDisposedException, $"{outcome}"));
        if (Fixture.KeepsData)
        {
            Assert.Equal(batch.IsCompletedSuccessfully ? 1 : 0, await DatabaseOf(OpenServices(place)).ExecuteScalarAsync<int>(Count));
        }
    }

    [Fact]
    public async Task Disposal_from_inside_a_unit_neither_hangs_nor_breaks_the_database()
    {
        var database = await CreateDatabaseAsync(Schema);
        if (!await CanWriteInteractivelyAsync(database))
        {
            return;
        }

        await ThrowsAsync(DatabaseErrorKind.SessionMisuse, () => database.WriteAsync(async s =>
        {
            await s.ExecuteAsync(Insert, new { id = 1 });
            database.Dispose();
        }).WaitAsync(TestScale.Patience));
        Assert.Equal(0, await database.ExecuteScalarAsync<int>(Count));
    }

    [Fact]
    public async Task The_container_disposes_its_database()
    {
        var services = CreateServices(static _ => { });
        var database = services.GetRequiredService<IDeployStackDatabase>();
        await database.OpenAsync();
        await ((IAsyncDisposable)services).DisposeAsync();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => database.ExecuteScalarAsync<long>("SELECT 1"));
    }

    private static async Task DisposeAsync(IDeployStackDatabase database, bool asynchronously)
    {
        if (asynchronously)
        {
            await database.DisposeAsync();
        }
        else
        {
            database.Dispose();
        }
    }
}
