using System.Collections;
using System.Dynamic;
using Xunit;

namespace DeployStack.Data.Testing.Conformance.Sessions;

/// <summary>How values reach the parameters of a statement, and what is said when they do not.</summary>
/// <param name="fixture">The provider under test.</param>
public abstract class ParameterTests(ConformanceFixture fixture) : ConformanceSuite(fixture)
{
    private const string Sum = "SELECT @first + @second";

    /// <summary>Objects that give 2 for first and 40 for second.</summary>
    public static TheoryData<string> Sources => new(_sources.Keys);

    private static readonly Dictionary<string, Func<object>> _sources = new()
    {
        ["anonymous"] = static () => new { first = 2, second = 40 },
        ["class"] = static () => new Numbers { First = 2, Second = 40 },
        ["record"] = static () => new NumbersRecord(2, 40),
        ["struct"] = static () => new NumbersStruct { First = 2, Second = 40 },
        ["more members than needed"] = static () => new { first = 2, second = 40, third = new object() },
        ["dictionary of objects"] = static () => new Dictionary<string, object?> { ["first"] = 2, ["second"] = 40L },
        ["dictionary of numbers"] = static () => new Dictionary<string, int> { ["first"] = 2, ["second"] = 40 },
        ["names with prefixes"] = static () => new Dictionary<string, object?> { ["@first"] = 2, [":second"] = 40 },
        ["hashtable"] = static () => new Hashtable { ["first"] = 2, ["second"] = 40 },
        ["expando"] = static () =>
        {
            IDictionary<string, object?> expando = new ExpandoObject();
            expando["first"] = 2;
            expando["second"] = 40;
            return expando;
        },
        ["Dapper's bag"] = static () => HostDapper.Parameters(null, ("first", 2), ("@second", 40)),
        ["Dapper's bag around an object"] = static () => HostDapper.Parameters(new { first = 2, second = 1 }, ("second", 40)),
    };

    [Theory]
    [MemberData(nameof(Sources))]
    public async Task Values_may_come_from(string source)
    {
        var database = CreateDatabase();
        Assert.Equal(42, await database.ExecuteScalarAsync<int>(Sum, _sources[source]()));
        Assert.Equal(42, await database.ExecuteScalarAsync<int>(Sum, _sources[source]())); // by the plan of the first time
    }

    [Theory]
    [MemberData(nameof(Sources))]
    public async Task Values_of_a_batch_may_come_from(string source)
    {
        var database = await CreateDatabaseAsync("CREATE TABLE t (id INTEGER)");
        await ApplyOneAsync(database, "INSERT INTO t VALUES (@first), (@second)", _sources[source]());
        Assert.Equal([2, 40], await database.QueryAsync<int>("SELECT id FROM t ORDER BY id"));
    }

    [Fact]
    public async Task One_statement_takes_objects_of_different_types_in_turn()
    {
        var database = CreateDatabase();
        for (var round = 0; round < 3; round++)
        {
            foreach (var source in _sources.Values)
            {
                Assert.Equal(42, await database.ExecuteScalarAsync<int>(Sum, source()));
            }
        }
    }

    [Theory]
    [InlineData("SELECT @v")]
    [InlineData("SELECT :v")]
    [InlineData("SELECT $v")]
    [InlineData("SELECT @V")]
    [InlineData("SELECT @v WHERE @v = @v")]
    [InlineData("SELECT '@x :y $z', \"@q\", @v AS \":w\" FROM (SELECT '?' AS \"@q\") -- @r\n")]
    public async Task A_parameter_is_found_whatever_its_prefix_its_case_and_its_neighbours(string sql)
    {
        var database = CreateDatabase();
        if (sql.Contains(','))
        {
            Assert.Equal(("@x :y $z", "?", "it"), await database.QuerySingleAsync<(string, string, string)>(sql, new { v = "it" }));
        }
        else
        {
            Assert.Equal("it", await database.QuerySingleAsync<string>(sql, new { v = "it" }));
        }
    }

    [Fact]
    public async Task Null_is_bound_however_it_is_written()
    {
        var database = CreateDatabase();
        const string sql = "SELECT @v IS NULL";
        Assert.True(await database.ExecuteScalarAsync<bool>(sql, new { v = (string?)null }));
        Assert.True(await database.ExecuteScalarAsync<bool>(sql, new { v = (int?)null }));
        Assert.True(await database.ExecuteScalarAsync<bool>(sql, new { v = DBNull.Value }));
        Assert.True(await database.ExecuteScalarAsync<bool>(sql, new Dictionary<string, object?> { ["v"] = null }));
        Assert.True(await database.ExecuteScalarAsync<bool>(sql, HostDapper.Parameters(null, ("v", null))));
        Assert.False(await database.ExecuteScalarAsync<bool>(sql, new { v = (int?)0 }));
    }

    [Fact]
    public async Task A_parameter_without_a_value_is_named()
    {
        var database = await CreateDatabaseAsync("CREATE TABLE t (id INTEGER)");
        object?[] incomplete =
        [
            null, new { first = 1 }, new { first = 1, seconds = 2 }, new Dictionary<string, object?> { ["first"] = 1 },
            HostDapper.Parameters(null, ("first", 1)),
        ];
        foreach (var parameters in incomplete)
        {
            var error = await ThrowsAsync(DatabaseErrorKind.InvalidParameter, () => database.ExecuteScalarAsync<int>(Sum, parameters, new() { Label = "sum" }));
            Assert.Contains(parameters is null ? "@first" : "@second", error.Message, StringComparison.Ordinal);
            Assert.Equal(("sum", Sum), (error.Label, error.Sql));
        }

        var batch = await ThrowsAsync(DatabaseErrorKind.InvalidParameter, () => database.ExecuteBatchAsync(
            [new("INSERT INTO t VALUES (1)"), new("INSERT INTO t VALUES (@id)", new { other = 1 })], new() { Label = "two" }));
        Assert.Contains("@id", batch.Message, StringComparison.Ordinal);
        Assert.Equal(("two", "INSERT INTO t VALUES (@id)"), (batch.Label, batch.Sql));
        Assert.Equal(0, await database.ExecuteScalarAsync<int>("SELECT count(*) FROM t"));
    }

    [Fact]
    public async Task Parameters_without_names_are_refused()
    {
        var database = CreateDatabase();
        foreach (var parameters in new object[] { 5, "text", Guid.Empty, new[] { 1, 2 }, new List<string> { "a" } })
        {
            await ThrowsAsync(DatabaseErrorKind.InvalidParameter, () => database.ExecuteScalarAsync<int>("SELECT @v", parameters));
        }

        await ThrowsAsync(DatabaseErrorKind.InvalidParameter, () => database.ExecuteScalarAsync<int>("SELECT ?", new { v = 1 }));
        await ThrowsAsync(DatabaseErrorKind.InvalidParameter, () => database.ExecuteScalarAsync<int>("SELECT ?1", new { v = 1 }));
    }

    [Fact]
    public async Task A_value_that_cannot_be_stored_is_refused_by_the_name_of_its_type()
    {
        var database = CreateDatabase();
        var version = await ThrowsAsync(DatabaseErrorKind.InvalidParameter, () => database.ExecuteScalarAsync<string>("SELECT @v", new { v = new Version(1, 2) }));
        Assert.Contains("Version", version.Message, StringComparison.Ordinal);
        await ThrowsAsync(DatabaseErrorKind.InvalidParameter, () => database.ExecuteScalarAsync<string>("SELECT @v", new { v = new object() }));
        await ThrowsAsync(DatabaseErrorKind.InvalidParameter, () => database.ExecuteScalarAsync<string>("SELECT @v", new Dictionary<string, object?> { ["v"] = new Version(1, 2) }));
        await ThrowsAsync(DatabaseErrorKind.InvalidParameter, () => database.ExecuteScalarAsync<string>("SELECT @v", new { v = double.NaN }));
        await ThrowsAsync(DatabaseErrorKind.InvalidParameter, () => database.ExecuteScalarAsync<string>("SELECT @v", new { v = '\ud800' }));
        await ThrowsAsync(DatabaseErrorKind.InvalidParameter, () => database.ExecuteScalarAsync<string>("SELECT @v", new { v = "half \ud800 a pair" }));
    }

    [Fact]
    public async Task As_many_parameters_as_the_engine_declares_are_bound_and_no_more()
    {
        const int Enough = 1_000; // engines look names up one by one, so that tens of thousands take minutes
        var database = CreateDatabase();
        var max = database.Capabilities.MaxParameters;
        var count = Math.Min(max, Enough);
        Assert.Equal(count, await database.ExecuteScalarAsync<long>(SumOf(count), Ones(count)));
        if (max <= Enough)
        {
            var error = await ThrowsAsync(DatabaseErrorKind.TooLarge, () => database.ExecuteScalarAsync<long>(SumOf(max + 1), Ones(max + 1)));
            Assert.Contains("list parameter", error.Message, StringComparison.Ordinal);
            await ThrowsAsync(DatabaseErrorKind.TooLarge, () => database.ExecuteBatchAsync([new(SumOf(max + 1), Ones(max + 1))]));
        }

        // one row for each, because expressions must not be deep
        static string SumOf(int count) => $"SELECT sum(column1) FROM (VALUES {string.Join(", ", Enumerable.Range(0, count).Select(static i => $"(@p{i})"))})";

        static Dictionary<string, int> Ones(int count) => Enumerable.Range(0, count).ToDictionary(static i => $"p{i}", static _ => 1);
    }

    private sealed class Numbers
    {
        public int First { get; set; }

        public int Second { get; set; }
    }

    private sealed record NumbersRecord(int First, int Second);

    private struct NumbersStruct
    {
        public int First { get; set; }

        public int Second { get; set; }
    }
}
