using Xunit;

namespace DeployStack.Data.Testing.Conformance.Types;

/// <summary>One value is stored in one way: whichever object carries it, and whatever the host has told Dapper.</summary>
/// <param name="fixture">The provider under test.</param>
public abstract class ParameterEqualityTests(ConformanceFixture fixture) : ConformanceSuite(fixture)
{
    private const string Sql = "SELECT typeof(@v) || ':' || hex(@v)";

    private static readonly Guid _guid = new("00112233-4455-6677-8899-aabbccddeeff");
    private static readonly DateOnly _date = new(2024, 2, 29);
    private static readonly DateTimeOffset _time = new(2024, 2, 29, 12, 30, 0, TimeSpan.FromHours(2));

    [Fact]
    public async Task Every_carrier_of_a_value_stores_the_same()
    {
        var database = CreateDatabase();
        await SameAsync(database, 5);
        await SameAsync(database, (byte)5);
        await SameAsync(database, 1.5);
        await SameAsync(database, 1.50m);
        await SameAsync(database, true);
        await SameAsync(database, 'x');
        await SameAsync(database, "text");
        await SameAsync(database, new byte[] { 1, 2, 3 });
        await SameAsync(database, ulong.MaxValue);
        await SameAsync(database, _guid);
        await SameAsync(database, _date);
        await SameAsync(database, _time);
        await SameAsync(database, _time.UtcDateTime);
        await SameAsync(database, TimeOnly.FromDateTime(_time.DateTime));
        await SameAsync(database, TimeSpan.FromMinutes(90));
        await SameAsync(database, Flavour.Sour);
    }

    [Fact]
    public async Task Handlers_that_the_host_registered_in_Dapper_change_nothing()
    {
        var database = CreateDatabase();
        var before = await StoredAsync(database);
        using (await HostDapper.RegisterHandlersAsync(typeof(Guid), typeof(DateOnly), typeof(DateTimeOffset), typeof(Flavour)))
        {
            Assert.Equal(before, await StoredAsync(database));
            var other = CreateDatabase(); // which has worked nothing out before
            Assert.Equal(before, await StoredAsync(other));
            await SameAsync(other, _guid);
            await SameAsync(other, _date);
            await SameAsync(other, _time);
            await SameAsync(other, Flavour.Sour);
            Assert.Equal((_guid, _date, _time, Flavour.Sour), await other.QuerySingleAsync<(Guid, DateOnly, DateTimeOffset, Flavour)>(
                "SELECT @guid, @date, @time, @flavour", new { guid = _guid, date = _date, time = _time, flavour = Flavour.Sour }));
            Assert.Equal(1, await other.ExecuteScalarAsync<int>("SELECT count(*) FROM (SELECT @guid AS g) WHERE g IN @guids", new { guid = _guid, guids = new[] { _guid } }));
        }

        Assert.Equal(before, await StoredAsync(database));
    }

    private static async Task<IReadOnlyList<string>> StoredAsync(IDeployStackDatabase database)
    {
        List<string> stored = [];
        foreach (var v in new object[] { _guid, _date, _time, Flavour.Sour })
        {
            stored.Add(await StoredAsync(database, HostDapper.Parameters(null, ("v", v))));
        }

        Assert.DoesNotContain(stored, static text => text.Contains("73696C6C79", StringComparison.Ordinal)); // "silly"
        return stored;
    }

    private static async Task SameAsync<T>(IDeployStackDatabase database, T v)
    {
        var expected = await StoredAsync(database, new { v });
        object[] carriers =
        [
            new Dictionary<string, object?> { ["v"] = v }, new Dictionary<string, T> { ["@v"] = v }, new Carrier<T>(v), new { v = (object?)v },
            HostDapper.Parameters(null, ("v", v)), HostDapper.Parameters(new { v }), HostDapper.Parameters(new Dictionary<string, object?> { ["v"] = v }),
        ];
        foreach (var carrier in carriers)
        {
            Assert.Equal(expected, await StoredAsync(database, carrier));
        }

        var table = $"t{Math.Abs(typeof(T).Name.GetHashCode(StringComparison.Ordinal))}";
        await database.ExecuteBatchAsync([new($"CREATE TABLE {table} (v)"), new($"INSERT INTO {table} VALUES (@v)", new { v })]);
        Assert.Equal(expected, await database.ExecuteScalarAsync<string>($"SELECT typeof(v) || ':' || hex(v) FROM {table}"));
    }

    private static async Task<string> StoredAsync(IDeployStackDatabase database, object parameters) => (await database.ExecuteScalarAsync<string>(Sql, parameters))!;

    private enum Flavour
    {
        Sweet = 0,
        Sour = 1,
    }

    private sealed record Carrier<T>(T V);
}
