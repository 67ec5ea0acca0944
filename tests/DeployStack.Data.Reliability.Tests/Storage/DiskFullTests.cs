using DeployStack.Data.Reliability.Groups;
using DeployStack.Data.Reliability.Support;

namespace DeployStack.Data.Reliability.Storage;

/// <summary>The database reaches <c>max_page_count</c>, which SQLite treats like a full disk.</summary>
public sealed class DiskFullTests : IAsyncDisposable
{
    private readonly ScenarioFolder _folder = new();
    private readonly TestDatabase _database;

    public DiskFullTests() => _database = new(_folder.Database(), static options =>
    {
        options.Pragmas.MaxPageCount = 60;
        options.MaxGroupTime = TimeSpan.FromSeconds(5);
    });

    public async ValueTask DisposeAsync()
    {
        await _database.DisposeAsync();
        _folder.Passed();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_unit_that_does_not_fit_fails_alone_and_its_neighbours_run_again()
    {
        const int Size = 16;
        const int Victim = 7;
        await UnitGroup.CreateAsync(_database, Size);
        var group = new UnitGroup(_database, Size);

        var ledger = await group.RunAsync(run: unit => unit != Victim ? group.RunUnitAsync(unit) : _database.Database.WriteAsync(
            static async session => await session.ExecuteAsync("INSERT INTO parts (unit, part, body) SELECT 900, value, zeroblob(400000) FROM json_each('[1, 2]')"),
            new WriteOptions { Label = "large" }));

        var exception = Assert.IsType<DatabaseException>(ledger.Errors[Victim]);
        Assert.Equal(DatabaseErrorKind.DiskFull, exception.Kind);
        Assert.Equal("large", exception.Label);
        Assert.False(exception.IsTransient);
        Assert.False(exception.OutcomeUnknown);
        Assert.Equal(Size - 1, ledger.Count(Told.Committed));
        await _database.DisposeAsync();
        Assert.Empty(GroupChecker.Violations(_folder.Database(), ledger));
    }

    [Fact]
    public async Task A_full_database_is_readable_keeps_what_it_has_and_takes_writes_again_after_room_was_made()
    {
        await _database.Database.ExecuteAsync("CREATE TABLE t (v INTEGER, body BLOB)");
        var rows = 0;
        DatabaseException? full = null;
        while (full is null)
        {
            try
            {
                await _database.Database.ExecuteAsync("INSERT INTO t VALUES (@rows, zeroblob(3000))", new { rows });
                rows++;
            }
            catch (DatabaseException exception) // what is waited for
            {
                full = exception;
            }
        }

        Assert.Equal(DatabaseErrorKind.DiskFull, full.Kind);
        Assert.Equal(13, full.NativeErrorCode);
        Assert.Contains("full", full.Message, StringComparison.Ordinal);
        Assert.Null(_database.Engine.WritesStopped);
        Assert.Equal(rows, await _database.Database.ExecuteScalarAsync<long>("SELECT count(*) FROM t"));

        await _database.Database.ExecuteAsync("DELETE FROM t WHERE v < 10");
        for (var i = 0; i < 10; i++)
        {
            await _database.Database.ExecuteAsync("INSERT INTO t VALUES (1000, zeroblob(3000))");
        }

        Assert.Equal(rows, await _database.Database.ExecuteScalarAsync<long>("SELECT count(*) FROM t"));
    }
}
