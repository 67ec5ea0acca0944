using System.Data.Common;
using System.Diagnostics;
using DeployStack.Data.Reliability.Faults;
using DeployStack.Data.Reliability.Support;

namespace DeployStack.Data.Reliability.Groups;

/// <summary>One of 64 units fails, is cancelled, or is stopped in the middle of a statement, which makes SQLite roll back
/// everybody: the other 63 are applied once, and nobody waits for ever.</summary>
public sealed class NeighbourTests : IAsyncDisposable
{
    private const int Size = 64;
    private const int Victim = 20;
    private const string Endless = "INSERT INTO parts (unit, part, body) WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT 20, 1, x'00' FROM n";

    private readonly ScenarioFolder _folder = new();
    private readonly TestDatabase _database;
    private readonly UnitGroup _group;

    public NeighbourTests()
    {
        _database = new(_folder.Database(), static options => options.MaxGroupTime = TimeSpan.FromSeconds(5));
        _group = new(_database, Size);
    }

    public async ValueTask DisposeAsync()
    {
        await _database.DisposeAsync();
        _folder.Passed();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("throws")]
    [InlineData("violates a constraint")]
    [InlineData("violates a constraint in one statement")]
    [InlineData("catches its violation and throws later")]
    public async Task A_failing_unit_harms_none_of_the_other_63(string how)
    {
        await UnitGroup.CreateAsync(_database, Size);

        var ledger = await RunAsync(() => how switch
        {
            "throws" => _database.Database.WriteAsync(static async session =>
            {
                await session.ExecuteAsync("UPDATE applied SET times = times + 1");
                throw new DatabaseException(DatabaseErrorKind.ExpectationFailed, "the unit's own");
            }),
            "violates a constraint" => _database.Database.WriteAsync(static async session =>
            {
                await session.ExecuteAsync("UPDATE applied SET times = times + 1");
                await session.ExecuteAsync("INSERT INTO applied VALUES (1, 1)");
            }),
            "violates a constraint in one statement" => _database.Database.ExecuteAsync("INSERT INTO applied VALUES (1000, 1), (1, 1)"),
            _ => _database.Database.WriteAsync(static async session =>
            {
                await session.ExecuteAsync("UPDATE applied SET times = times + 1");
                await Assert.ThrowsAsync<DatabaseException>(async () => await session.ExecuteAsync("INSERT INTO applied VALUES (1, 1)"));
                throw new DatabaseException(DatabaseErrorKind.ExpectationFailed, "the unit's own");
            }),
        });

        Assert.All(ledger.Runs.Where(static (_, unit) => unit != Victim), static runs => Assert.Equal(1, runs)); // undone alone
        await AssertOthersAsync(ledger);
    }

    [Fact]
    public async Task A_cancelled_unit_harms_none_of_the_other_63()
    {
        await UnitGroup.CreateAsync(_database, Size);
        using var source = new CancellationTokenSource();

        var ledger = await RunAsync(() => _database.Database.WriteAsync(
            async session =>
            {
                source.CancelAfter(20); // it runs, and it runs for ever
                await session.ExecuteAsync(Endless);
            },
            cancellationToken: source.Token));

        Assert.IsAssignableFrom<OperationCanceledException>(ledger.Errors[Victim]);
        Assert.Contains(ledger.Runs, static runs => runs == 2); // SQLite ended the shared transaction: they ran again
        await AssertOthersAsync(ledger);
    }

    [Fact]
    public async Task A_unit_past_its_deadline_harms_none_of_the_other_63()
    {
        await UnitGroup.CreateAsync(_database, Size);

        var ledger = await RunAsync(() => _database.Database.WriteAsync(
            static async session => await session.ExecuteAsync(Endless),
            new WriteOptions { Deadline = TimeSpan.FromMilliseconds(250), Label = "endless" }));

        var exception = Assert.IsType<DatabaseException>(ledger.Errors[Victim]);
        Assert.Equal(DatabaseErrorKind.Timeout, exception.Kind);
        Assert.True(exception.TransactionRolledBack);
        Assert.Equal("endless", exception.Label);
        Assert.Contains(ledger.Runs, static runs => runs == 2);
        await AssertOthersAsync(ledger);
    }

    [Fact]
    public async Task What_is_to_run_after_commit_runs_once_also_for_units_that_ran_twice()
    {
        await UnitGroup.CreateAsync(_database, Size);
        using var source = new CancellationTokenSource();
        var after = new int[Size];
        var runs = 0;

        var ledger = await _group.RunAsync(run: unit => _database.Database.WriteAsync(
            async session =>
            {
                Interlocked.Increment(ref runs);
                session.AfterCommit(() => Interlocked.Increment(ref after[unit]));
                if (unit == Victim)
                {
                    source.CancelAfter(20);
                    await session.ExecuteAsync(Endless);
                }
            },
            cancellationToken: unit == Victim ? source.Token : default));

        Assert.Equal(Size - 1, ledger.Count(Told.Committed));
        Assert.True(runs > Size);
        Assert.All(after.Select((count, unit) => (count, unit)), static pair => Assert.Equal(pair.unit == Victim ? 0 : 1, pair.count));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(Victim)]
    public async Task A_unit_that_leaves_a_writing_statement_open_harms_none_of_the_other_63(int victim)
    {
        await UnitGroup.CreateAsync(_database, Size);

        var ledger = await _group.RunAsync(run: unit => unit != victim ? _group.RunUnitAsync(unit) : _database.Database.WriteAsync(static async session =>
        {
            // the caller's mistake: never finished, never disposed
            var rows = session.StreamAsync<long>("INSERT INTO parts (unit, part, body) VALUES (900, 1, x''), (900, 2, x'') RETURNING id").GetAsyncEnumerator();
            Assert.True(await rows.MoveNextAsync());
        }));

        Assert.Equal(Size - 1, ledger.Units.Where((told, unit) => unit != victim && told == Told.Committed).Count());
    }

    [Fact]
    public async Task A_writing_statement_left_open_on_the_lent_connection_fails_that_unit_at_once()
    {
        await UnitGroup.CreateAsync(_database, Size);
        DbDataReader? open = null;
        var started = Stopwatch.GetTimestamp();

        var ledger = await RunAsync(() => _database.Database.WriteAsync(
            async session =>
            {
                var command = session.Connection.CreateCommand();
                command.CommandText = "UPDATE applied SET times = times + 1 RETURNING times";
                open = await command.ExecuteReaderAsync(); // the caller's mistake: not disposed
                Assert.True(await open.ReadAsync());
            },
            new WriteOptions { Label = "careless" }));

        Assert.InRange(Stopwatch.GetElapsedTime(started), TimeSpan.Zero, TimeSpan.FromSeconds(5)); // not after BusyTimeout
        var exception = Assert.IsType<DatabaseException>(ledger.Errors[Victim]);
        Assert.Equal(DatabaseErrorKind.SessionMisuse, exception.Kind);
        Assert.Equal("careless", exception.Label);
        await open!.DisposeAsync();
        await AssertOthersAsync(ledger);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(FaultCodes.DiskFull)]
    public async Task A_unit_that_fails_on_a_neighbours_row_is_told_of_a_row_that_everybody_can_see(int code)
    {
        using var site = FaultSite.At(_folder.Database("rows.db"));
        await using var database = new TestDatabase(_folder.Database("rows.db"), static options => options.MaxGroupTime = TimeSpan.FromSeconds(5));
        await database.Database.ExecuteAsync("CREATE TABLE rows (id INTEGER PRIMARY KEY)");
        var seen = new List<long>();

        var ledger = await new UnitGroup(database, 2).RunAsync(
            prepared: () => site.Arm(new(FileCalls.Write, code) { At = code == 0 ? 0 : 1, Persistent = true }), // the COMMIT of both
            run: async _ =>
            {
                try
                {
                    await database.Database.ExecuteAsync("INSERT INTO rows VALUES (1)");
                }
                catch (DatabaseException exception) when (exception.Kind == DatabaseErrorKind.UniqueViolation)
                {
                    seen.Add(await database.Database.ExecuteScalarAsync<long>("SELECT count(*) FROM rows WHERE id = 1"));
                    throw;
                }
            });

        if (code == 0)
        {
            Assert.Equal((1, 1), (ledger.Count(Told.Committed), ledger.Count(Told.NotCommitted)));
            Assert.Equal([1], seen);
        }
        else
        {
            // The row was never committed: "it is there already" would have been a lie to the second.
            Assert.Empty(seen);
            Assert.All(ledger.Errors, static error => Assert.Equal(DatabaseErrorKind.DiskFull, Assert.IsType<DatabaseException>(error).Kind));
        }
    }

    private async Task<Ledger> RunAsync(Func<Task> victim)
        => await _group.RunAsync(run: unit => unit == Victim ? victim() : _group.RunUnitAsync(unit));

    private async Task AssertOthersAsync(Ledger ledger)
    {
        Assert.Equal(Told.NotCommitted, ledger.Units[Victim]);
        Assert.Equal(Size - 1, ledger.Count(Told.Committed));
        await _database.DisposeAsync();
        Assert.Empty(GroupChecker.Violations(_folder.Database(), ledger));
    }
}
