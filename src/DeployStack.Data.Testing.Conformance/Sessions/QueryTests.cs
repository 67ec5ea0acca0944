using Xunit;

namespace DeployStack.Data.Testing.Conformance.Sessions;

/// <summary>The shapes of a result: all rows, one, the first, a value, a stream.</summary>
/// <param name="fixture">The provider under test.</param>
public abstract class QueryTests(ConformanceFixture fixture) : ConformanceSuite(fixture)
{
    private const string All = "SELECT id FROM t ORDER BY id";
    private const string None = "SELECT id FROM t WHERE id > 100";
    private const string One = "SELECT id FROM t WHERE id = 2";

    private Task<IDeployStackDatabase> CreateFilledAsync()
        => CreateDatabaseAsync("CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT)", "INSERT INTO t VALUES (1, 'a'), (2, 'b'), (3, NULL)");

    [Fact]
    public async Task A_query_gives_all_rows_in_order()
    {
        var database = await CreateFilledAsync();
        Assert.Equal([1L, 2L, 3L], await database.ReadAsync(s => s.QueryAsync<long>(All)));
        Assert.Equal(["a", "b", null], await database.ReadAsync(s => s.QueryAsync<string?>("SELECT name FROM t ORDER BY id")));
    }

    [Fact]
    public async Task A_query_without_rows_gives_an_empty_list()
        => Assert.Empty(await (await CreateFilledAsync()).ReadAsync(s => s.QueryAsync<long>(None)));

    [Fact]
    public async Task Single_takes_exactly_one_row()
    {
        var database = await CreateFilledAsync();
        Assert.Equal(2, await database.ReadAsync(s => s.QuerySingleAsync<long>(One)));
        await ThrowsAsync(DatabaseErrorKind.ResultShape, () => database.ReadAsync(s => s.QuerySingleAsync<long>(None)));
        await ThrowsAsync(DatabaseErrorKind.ResultShape, () => database.ReadAsync(s => s.QuerySingleAsync<long>(All)));
    }

    [Fact]
    public async Task Single_or_default_takes_one_row_or_none()
    {
        var database = await CreateFilledAsync();
        Assert.Equal(2, await database.ReadAsync(s => s.QuerySingleOrDefaultAsync<long>(One)));
        Assert.Equal(0, await database.ReadAsync(s => s.QuerySingleOrDefaultAsync<long>(None)));
        Assert.Null(await database.ReadAsync(s => s.QuerySingleOrDefaultAsync<long?>(None)));
        await ThrowsAsync(DatabaseErrorKind.ResultShape, () => database.ReadAsync(s => s.QuerySingleOrDefaultAsync<long>(All)));
    }

    [Fact]
    public async Task First_or_default_takes_the_first_row_and_leaves_the_rest()
    {
        var database = await CreateFilledAsync();
        Assert.Equal(1, await database.ReadAsync(s => s.QueryFirstOrDefaultAsync<long>(All)));
        Assert.Null(await database.ReadAsync(s => s.QueryFirstOrDefaultAsync<string>(None)));
    }

    [Fact]
    public async Task A_scalar_is_the_first_column_of_the_first_row()
    {
        var database = await CreateFilledAsync();
        Assert.Equal(1, await database.ReadAsync(s => s.ExecuteScalarAsync<long>("SELECT id, name FROM t ORDER BY id")));
        Assert.Equal(0, await database.ReadAsync(s => s.ExecuteScalarAsync<long>(None)));
        Assert.Null(await database.ReadAsync(s => s.ExecuteScalarAsync<long?>(None)));
    }

    [Fact]
    public async Task Null_needs_a_type_with_a_place_for_it()
    {
        var database = await CreateFilledAsync();
        const string sql = "SELECT name FROM t WHERE id = 3";
        Assert.Null(await database.ReadAsync(s => s.ExecuteScalarAsync<string>(sql)));
        Assert.Null(await database.ReadAsync(s => s.ExecuteScalarAsync<int?>(sql)));
        Assert.Null(await database.ReadAsync(s => s.QuerySingleAsync<byte[]?>(sql)));
        var error = await ThrowsAsync(DatabaseErrorKind.ResultShape, () => database.ReadAsync(s => s.ExecuteScalarAsync<int>(sql)));
        Assert.Equal(["name"], error.Columns);
        Assert.Contains("'name'", error.Message, StringComparison.Ordinal);
        await ThrowsAsync(DatabaseErrorKind.ResultShape, () => database.ReadAsync(s => s.QueryAsync<(long, Guid)>("SELECT id, name FROM t WHERE id = 3")));
    }

    [Fact]
    public async Task A_stream_gives_the_rows_one_by_one()
    {
        var database = await CreateFilledAsync();
        Assert.Equal([1L, 2L, 3L], await database.ReadAsync(s => ListAsync(s.StreamAsync<long>(All))));
        Assert.Empty(await database.ReadAsync(s => ListAsync(s.StreamAsync<long>(None))));
    }

    [Fact]
    public async Task A_stream_of_many_rows_is_whole()
    {
        var database = CreateDatabase();
        const string sql = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000) SELECT i FROM n";
        var (count, sum) = await database.ReadAsync(async s =>
        {
            var (count, sum) = (0, 0L);
            await foreach (var i in s.StreamAsync<long>(sql))
            {
                (count, sum) = (count + 1, sum + i);
            }

            return (count, sum);
        });
        Assert.Equal((20_000, 20_000L * 20_001 / 2), (count, sum));
    }

    [Fact]
    public async Task A_stream_left_early_ends_its_statement()
    {
        var database = await CreateFilledAsync();
        var rest = await database.ReadAsync(async s =>
        {
            await foreach (var id in s.StreamAsync<long>(All))
            {
                Assert.Equal(1, id);
                break;
            }

            return await s.ExecuteScalarAsync<long>("SELECT count(*) FROM t");
        });
        Assert.Equal(3, rest);
        await ApplyAsync(database, "DROP TABLE t"); // which an open statement would prevent
    }

    [Fact]
    public async Task Other_statements_may_run_between_the_rows_of_a_stream()
    {
        var database = await CreateFilledAsync();
        var pairs = await database.ReadAsync(async s =>
        {
            List<(long, long)> pairs = [];
            await foreach (var id in s.StreamAsync<long>(All))
            {
                pairs.Add((id, await s.ExecuteScalarAsync<long>("SELECT count(*) FROM t WHERE id <= @id", new { id })));
            }

            return pairs;
        });
        Assert.Equal([(1, 1), (2, 2), (3, 3)], pairs);
    }

    [Fact]
    public async Task Two_streams_of_the_same_statement_do_not_disturb_each_other()
    {
        var database = await CreateFilledAsync();
        var pairs = await database.ReadAsync(async s =>
        {
            List<(long, long)> pairs = [];
            await foreach (var outer in s.StreamAsync<long>(All))
            {
                await foreach (var inner in s.StreamAsync<long>(All))
                {
                    pairs.Add((outer, inner));
                }
            }

            return pairs;
        });
        Assert.Equal([(1, 1), (1, 2), (1, 3), (2, 1), (2, 2), (2, 3), (3, 1), (3, 2), (3, 3)], pairs);
    }

    [Fact]
    public async Task A_row_that_does_not_fit_ends_a_stream_with_the_error()
    {
        var database = await CreateFilledAsync();
        const string sql = "SELECT CASE id WHEN 1 THEN 'a' ELSE x'00' END AS v FROM t ORDER BY id";
        await database.ReadAsync(
            async s =>
            {
                await using var rows = s.StreamAsync<string>(sql).GetAsyncEnumerator();
                Assert.True(await rows.MoveNextAsync());
                var error = await ThrowsAsync(DatabaseErrorKind.ResultShape, async () => await rows.MoveNextAsync());
                Assert.Equal(["v"], error.Columns);
                Assert.Equal(("stream", sql), (error.Label, error.Sql));
                return await s.ExecuteScalarAsync<long>("SELECT count(*) FROM t");
            },
            new ReadOptions { Label = "stream" });
    }

    [Fact]
    public async Task A_result_of_another_shape_is_refused_and_the_message_names_it()
    {
        var database = await CreateFilledAsync();
        const string sql = "SELECT id, name FROM t ORDER BY id";
        var two = await ThrowsAsync(DatabaseErrorKind.ResultShape, () => database.ReadAsync(s => s.QueryAsync<long>(sql)));
        Assert.Contains("id, name", two.Message, StringComparison.Ordinal);
        await ThrowsAsync(DatabaseErrorKind.ResultShape, () => database.ReadAsync(s => s.QueryAsync<(long, string, int)>(sql)));
        await ThrowsAsync(DatabaseErrorKind.ResultShape, () => database.ReadAsync(s => s.QueryAsync<object>(sql)));
        await ThrowsAsync(DatabaseErrorKind.ResultShape, () => database.ReadAsync(s => s.QueryAsync<DateTime>("SELECT name FROM t")));
        await ThrowsAsync(DatabaseErrorKind.ResultShape, () => database.ReadAsync(s => s.ExecuteScalarAsync<Version>(sql)));
    }

    [Fact]
    public async Task Rows_that_a_write_returns_can_be_queried()
    {
        var database = await CreateFilledAsync();
        if (!await CanWriteInteractivelyAsync(database))
        {
            return;
        }

        var ids = await database.WriteAsync(s => s.QueryAsync<long>("INSERT INTO t(name) VALUES ('c'), ('d') RETURNING id"));
        Assert.Equal([4L, 5L], ids);
        var first = await database.WriteAsync(s => s.QueryFirstOrDefaultAsync<long>("UPDATE t SET name = 'z' RETURNING id"));
        Assert.Equal(1, first);
        Assert.Equal(["z"], await database.QueryAsync<string>("SELECT DISTINCT name FROM t"));
        Assert.Empty(await database.WriteAsync(s => s.QueryAsync<long>("DELETE FROM t WHERE id = 5")));
        Assert.Equal(4, await database.ExecuteScalarAsync<long>("SELECT count(*) FROM t"));
    }

    private static async ValueTask<List<T>> ListAsync<T>(IAsyncEnumerable<T> rows)
    {
        List<T> list = [];
        await foreach (var row in rows)
        {
            list.Add(row);
        }

        return list;
    }
}
