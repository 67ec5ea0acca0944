using Xunit;

namespace DeployStack.Data.Testing.Conformance.Transactions;

/// <summary>Savepoints: leaving one by an exception undoes what it did, and only that.</summary>
/// <param name="fixture">The provider under test.</param>
public abstract class SavepointTests(ConformanceFixture fixture) : ConformanceSuite(fixture)
{
    private const string Ids = "SELECT id FROM t ORDER BY id";

    [Fact]
    public async Task A_savepoint_that_fails_is_undone_alone()
    {
        if (await CreateWritableAsync() is not { } database)
        {
            return;
        }

        await database.WriteAsync(async s =>
        {
            await InsertAsync(s, 1);
            await Assert.ThrowsAsync<InvalidTimeZoneException>(async () => await s.SavepointAsync(async inner =>
            {
                await InsertAsync(inner, 2);
                throw new InvalidTimeZoneException();
            }));
            await InsertAsync(s, 3);
        });
        Assert.Equal([1, 3], await database.QueryAsync<int>(Ids));
    }

    [Fact]
    public async Task A_savepoint_whose_error_is_not_caught_takes_the_unit_along()
    {
        if (await CreateWritableAsync() is not { } database)
        {
            return;
        }

        await Assert.ThrowsAsync<InvalidTimeZoneException>(() => database.WriteAsync(async s =>
        {
            await InsertAsync(s, 1);
            await s.SavepointAsync(static _ => throw new InvalidTimeZoneException());
        }));
        Assert.Empty(await database.QueryAsync<int>(Ids));
    }

    [Fact]
    public async Task Savepoints_nest()
    {
        if (await CreateWritableAsync() is not { } database)
        {
            return;
        }

        await database.WriteAsync(async s =>
        {
            await InsertAsync(s, 1);
            await s.SavepointAsync(async outer =>
            {
                await InsertAsync(outer, 2);
                await CaughtAsync(outer, 3);
                await outer.SavepointAsync(inner => InsertAsync(inner, 4));
            });
            await Assert.ThrowsAsync<InvalidTimeZoneException>(async () => await s.SavepointAsync(async outer =>
            {
                await outer.SavepointAsync(inner => InsertAsync(inner, 5));
                await InsertAsync(outer, 6);
                throw new InvalidTimeZoneException();
            }));
            await InsertAsync(s, 7);
        });
        Assert.Equal([1, 2, 4, 7], await database.QueryAsync<int>(Ids));

        static async ValueTask CaughtAsync(IWriteSession s, int id) => await Assert.ThrowsAsync<InvalidTimeZoneException>(async () => await s.SavepointAsync(async inner =>
        {
            await InsertAsync(inner, id);
            throw new InvalidTimeZoneException();
        }));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Savepoints_may_be_deep(bool awaitsSomethingElse)
    {
        if (await CreateWritableAsync() is not { } database)
        {
            return;
        }

        await database.WriteAsync(s => DescendAsync(s, 1));
        Assert.Equal(Enumerable.Range(1, 10), await database.QueryAsync<int>(Ids));

        async ValueTask DescendAsync(IWriteSession s, int depth)
        {
            if (awaitsSomethingElse)
            {
                await Task.Yield();
            }

            await InsertAsync(s, depth);
            if (depth == 20)
            {
                throw new InvalidTimeZoneException();
            }

            try
            {
                await s.SavepointAsync(inner => DescendAsync(inner, depth + 1));
            }
            catch (InvalidTimeZoneException) when (depth == 10) // what was done below this depth is gone
            {
            }
        }
    }

    [Fact]
    public async Task An_error_of_the_database_inside_a_savepoint_is_undone_with_it()
    {
        if (await CreateWritableAsync() is not { } database)
        {
            return;
        }

        await database.WriteAsync(async s =>
        {
            await InsertAsync(s, 1);
            await ThrowsAsync(DatabaseErrorKind.UniqueViolation, async () => await s.SavepointAsync(async inner =>
            {
                await InsertAsync(inner, 2);
                await InsertAsync(inner, 1);
            }));
            await s.SavepointAsync(async inner =>
            {
                await InsertAsync(inner, 3);
                await ThrowsAsync(DatabaseErrorKind.UniqueViolation, async () => await InsertAsync(inner, 1));
            });
        });
        Assert.Equal([1, 3], await database.QueryAsync<int>(Ids));
    }

    [Fact]
    public async Task A_savepoint_can_be_undone_while_a_stream_of_it_is_open()
    {
        if (await CreateWritableAsync() is not { } database)
        {
            return;
        }

        await database.WriteAsync(async s =>
        {
            await InsertAsync(s, 1);
            await InsertAsync(s, 2);
            await Assert.ThrowsAsync<InvalidTimeZoneException>(async () => await s.SavepointAsync(async inner =>
            {
                await InsertAsync(inner, 3);
                await foreach (var _ in inner.StreamAsync<int>(Ids))
                {
                    throw new InvalidTimeZoneException();
                }
            }));
        });
        Assert.Equal([1, 2], await database.QueryAsync<int>(Ids));
    }

    private static async ValueTask InsertAsync(IWriteSession session, int id)
        => await session.ExecuteAsync("INSERT INTO t(id) VALUES (@id)", new { id });

    // null where units that write, or savepoints, do not exist; their refusal is asserted then
    private async Task<IDeployStackDatabase?> CreateWritableAsync()
    {
        var database = await CreateDatabaseAsync("CREATE TABLE t (id INTEGER PRIMARY KEY)");
        if (!await CanWriteInteractivelyAsync(database))
        {
            return null;
        }

        if (!database.Capabilities.Savepoints)
        {
            await ThrowsAsync(DatabaseErrorKind.NotSupported, () => database.WriteAsync(static s => s.SavepointAsync(static _ => default)));
            return null;
        }

        return database;
    }
}
