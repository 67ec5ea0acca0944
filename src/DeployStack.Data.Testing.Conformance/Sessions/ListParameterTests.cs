using Xunit;

namespace DeployStack.Data.Testing.Conformance.Sessions;

/// <summary><c>IN @list</c> with lists of any length and of any scalar.</summary>
/// <param name="fixture">The provider under test.</param>
public abstract class ListParameterTests(ConformanceFixture fixture) : ConformanceSuite(fixture)
{
    private const string Numbers = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 60000) INSERT INTO t(id) SELECT i FROM n";

    private Task<IDeployStackDatabase> CreateFilledAsync()
        => CreateDatabaseAsync("CREATE TABLE t (id INTEGER PRIMARY KEY)", Numbers);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(100)]
    [InlineData(101)]
    [InlineData(33_000)]
    [InlineData(50_000)]
    public async Task A_list_may_have_any_length(int length)
    {
        var database = await CreateFilledAsync();
        var ids = Enumerable.Range(1, length).ToArray();
        Assert.Equal(length, await database.ExecuteScalarAsync<int>("SELECT count(*) FROM t WHERE id IN @ids", new { ids }));
        Assert.Equal(60_000 - length, await database.ExecuteScalarAsync<int>("SELECT count(*) FROM t WHERE id NOT IN @ids", new { ids }));
        Assert.Equal(length, await ApplyOneAsync(database, "DELETE FROM t WHERE id IN @ids", new { ids }));
    }

    [Fact]
    public async Task A_list_may_be_any_sequence()
    {
        var database = await CreateFilledAsync();
        const string sql = "SELECT count(*) FROM t WHERE id IN @ids";
        object[] lists =
        [
            new { ids = new List<int> { 1, 2, 3 } }, new { ids = new[] { 1L, 2L, 3L } }, new { ids = new HashSet<short> { 1, 2, 3 } },
            new { ids = Enumerable.Range(1, 3).Select(static i => (byte)i) }, new { ids = new object[] { 1, 2L, (short)3 } },
            new { ids = (IReadOnlyCollection<int?>)[1, 2, null, 3] }, new Dictionary<string, object?> { ["ids"] = new[] { 1, 2, 3 } },
            HostDapper.Parameters(null, ("ids", new[] { 1, 2, 3 })), HostDapper.Parameters(new { ids = new[] { 1, 2, 3 } }),
        ];
        foreach (var parameters in lists)
        {
            Assert.Equal(3, await database.ExecuteScalarAsync<int>(sql, parameters));
        }
    }

    [Fact]
    public async Task Several_lists_and_single_values_stand_side_by_side()
    {
        var database = await CreateFilledAsync();
        const string sql = "SELECT id FROM t WHERE (id IN @some or id in\n:others) AND id <> @not AND id IN (@a, @b, 9) AND 'IN @x' = @text ORDER BY id";
        var ids = await database.QueryAsync<int>(sql, new { some = new[] { 1, 2 }, others = new List<long> { 8, 9 }, not = 2, a = 1, b = 8, text = "IN @x" });
        Assert.Equal([1, 8, 9], ids);
        Assert.Equal(1, await database.ExecuteScalarAsync<int>("SELECT count(*) FROM t WHERE id IN (@one)", new { one = 5 }));
    }

    [Fact]
    public async Task Texts_are_compared_exactly()
    {
        var database = await CreateDatabaseAsync("CREATE TABLE t (name TEXT)");
        string[] names = ["", " ", "it's", "\"quoted\"", "back\\slash", "line\nbreak\t\r", "ünïcödé", "日本語", "😀 smile", "\u0001\u001f", "a,b", "[1]", "null", "x'00'", "\u2028\u2029", "</script>"];
        await database.ExecuteBatchAsync([.. names.Select(static name => new SqlStatement("INSERT INTO t VALUES (@name)", new { name }))]);
        Assert.Equal(names.Order(StringComparer.Ordinal), (await database.QueryAsync<string>("SELECT name FROM t WHERE name IN @names", new { names })).Order(StringComparer.Ordinal));
        foreach (var name in names)
        {
            Assert.Equal([name], await database.QueryAsync<string>("SELECT name FROM t WHERE name IN @names", new { names = new[] { name } }));
        }
    }

    [Fact]
    public async Task Elements_are_encoded_as_single_values_are()
    {
        var database = await CreateDatabaseAsync("CREATE TABLE t (v)");
        var random = new Random(7);
        await AssertFoundAsync(database, Enumerable.Range(0, 20).Select(_ => NextGuid(random)));
        await AssertFoundAsync(database, Enumerable.Range(0, 20).Select(_ => new DateTime(random.NextInt64(DateTime.MaxValue.Ticks), DateTimeKind.Utc)));
        await AssertFoundAsync(database, Enumerable.Range(0, 20).Select(_ => new DateTimeOffset(random.NextInt64(TimeSpan.TicksPerDay, DateTime.MaxValue.Ticks / 2), TimeSpan.FromHours(random.Next(-14, 15)))));
        await AssertFoundAsync(database, Enumerable.Range(0, 20).Select(_ => DateOnly.FromDayNumber(random.Next(DateOnly.MaxValue.DayNumber))));
        await AssertFoundAsync(database, Enumerable.Range(0, 20).Select(_ => new decimal(random.Next(), random.Next(), random.Next(), random.Next(2) == 0, (byte)random.Next(29))));
        await AssertFoundAsync(database, Enum.GetValues<DayOfWeek>());
        await AssertFoundAsync(database, [true, false]);
        await AssertFoundAsync(database, [long.MinValue, long.MaxValue, (1L << 53) + 1, -1L, 0L]);
        await AssertFoundAsync<ulong>(database, [0UL, long.MaxValue, (ulong)long.MaxValue + 1, ulong.MaxValue]);
        await AssertFoundAsync(database, [TimeSpan.MinValue, TimeSpan.Zero, TimeSpan.MaxValue]);
    }

    [Fact]
    public async Task Floating_point_elements_are_found_to_the_last_bit()
    {
        var database = await CreateDatabaseAsync("CREATE TABLE t (v)");
        var random = new Random(8);
        var doubles = Enumerable.Range(0, 500).Select(_ => BitConverter.Int64BitsToDouble(random.NextInt64())).Where(double.IsFinite).Append(0.1).Append(double.MaxValue).Append(double.Epsilon);
        await AssertFoundAsync(database, doubles);
    }

    [Fact]
    public async Task A_list_of_blobs_and_a_list_of_lists_are_refused()
    {
        var database = await CreateFilledAsync();
        const string sql = "SELECT count(*) FROM t WHERE id IN @ids";
        var error = await ThrowsAsync(DatabaseErrorKind.InvalidParameter, () => database.ExecuteScalarAsync<int>(sql, new { ids = new[] { new byte[] { 1 } } }));
        Assert.Contains("@ids", error.Message, StringComparison.Ordinal);
        await ThrowsAsync(DatabaseErrorKind.InvalidParameter, () => database.ExecuteScalarAsync<int>(sql, new { ids = new[] { new[] { 1 } } }));
    }

    private static Guid NextGuid(Random random)
    {
        Span<byte> bytes = stackalloc byte[16];
        random.NextBytes(bytes);
        return new Guid(bytes);
    }

    private static async Task AssertFoundAsync<T>(IDeployStackDatabase database, IEnumerable<T> values)
    {
        var all = values.Distinct().ToArray();
        await database.ExecuteBatchAsync([new("DELETE FROM t"), .. all.Select(static v => new SqlStatement("INSERT INTO t VALUES (@v)", new { v }))]);
        Assert.Equal(all.Length, await database.ExecuteScalarAsync<int>("SELECT count(*) FROM t WHERE v IN @all", new { all }));
        Assert.Equal(0, await database.ExecuteScalarAsync<int>("SELECT count(*) FROM t WHERE v NOT IN @all", new { all }));
    }
}
