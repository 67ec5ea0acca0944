using Xunit;

namespace DeployStack.Data.Testing.Conformance.Types;

/// <summary>Values on their way into a database and back.</summary>
internal static class RoundTrip
{
    /// <summary>Asserts that each value comes back as it was, out of a column and out of a bare parameter, alone, in a
    /// nullable form and in a row.</summary>
    /// <param name="database">An empty database.</param>
    /// <param name="columnType">The declared type of the column; empty for none.</param>
    /// <param name="values">What is stored.</param>
    /// <param name="same">Whether two values are the same; <see langword="null"/> for their own equality.</param>
    public static async Task IsExactAsync<T>(IDeployStackDatabase database, string columnType, IEnumerable<T> values, Func<T, T, bool>? same = null)
    {
        var all = values.ToArray();
        await StoreAsync(database, columnType, all);
        Func<T, T, bool> areSame = same ?? EqualityComparer<T>.Default.Equals;
        AssertSame(all, await database.QueryAsync<T>("SELECT v FROM v ORDER BY id"), areSame);
        AssertSame(all, [.. (await database.QueryAsync<(long Id, T V)>("SELECT id, v FROM v ORDER BY id")).Select(static row => row.V)], areSame);
        AssertSame(all, [.. (await database.QueryAsync<Holder<T>>("SELECT id, v AS value FROM v ORDER BY id")).Select(static row => row.Value)], areSame);
        foreach (var v in all.Take(5))
        {
            AssertSame([v], [(await database.ExecuteScalarAsync<T>("SELECT @v", new { v }))!], areSame);
            AssertSame([v], [(await database.ExecuteScalarAsync<T>("SELECT @v", new Dictionary<string, object?> { ["v"] = v }))!], areSame);
            Assert.Equal(1, await database.ExecuteScalarAsync<int>("SELECT count(*) FROM (SELECT 1 WHERE @v = @w)", new { v, w = v }));
        }
    }

    /// <summary>As above, and for the nullable form with some nulls among the values.</summary>
    public static async Task IsExactWithNullsAsync<T>(IDeployStackDatabase database, string columnType, IEnumerable<T> values)
        where T : struct
    {
        var all = values.ToArray();
        await IsExactAsync(database, columnType, all);
        await ApplyAsync(database, "DROP TABLE v");
        await IsNullableExactAsync(database, columnType, [null, .. all.Take(10).Select(static v => (T?)v), null]);
    }

    /// <summary>Asserts that the database sorts the values as .NET does.</summary>
    public static async Task SortsAsync<T>(IDeployStackDatabase database, string columnType, IEnumerable<T> values)
        where T : IComparable<T>
    {
        var all = values.ToArray();
        await StoreAsync(database, columnType, all);
        await ApplyAsync(database, "CREATE INDEX sorted ON v(v)");
        var expected = all.Order().ToArray();
        var sorted = await database.QueryAsync<T>("SELECT v FROM v ORDER BY v");
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.True(expected[i].CompareTo(sorted[i]) == 0, $"At {i}: expected {expected[i]}, got {sorted[i]}.");
        }

        var middle = expected[expected.Length / 2];
        Assert.Equal(all.Count(v => v.CompareTo(middle) < 0), await database.ExecuteScalarAsync<int>("SELECT count(*) FROM v WHERE v < @middle", new { middle }));
        Assert.Equal(all.Count(v => v.CompareTo(middle) == 0), await database.ExecuteScalarAsync<int>("SELECT count(*) FROM v WHERE v = @middle", new { middle }));
    }

    private static async Task IsNullableExactAsync<T>(IDeployStackDatabase database, string columnType, T?[] values)
        where T : struct
    {
        await StoreAsync(database, columnType, values);
        Assert.Equal(values, await database.QueryAsync<T?>("SELECT v FROM v ORDER BY id"));
        Assert.Equal(values, (await database.QueryAsync<Holder<T?>>("SELECT id, v AS value FROM v ORDER BY id")).Select(static row => row.Value));
        Assert.Null(await database.ExecuteScalarAsync<T?>("SELECT @v", new { v = (T?)null }));
    }

    private static async Task StoreAsync<T>(IDeployStackDatabase database, string columnType, T[] values)
        => await database.ExecuteBatchAsync(
        [
            new($"CREATE TABLE v (id INTEGER PRIMARY KEY, v {columnType})"),
            .. values.Select(static v => new SqlStatement("INSERT INTO v(v) VALUES (@v)", new { v })),
        ]);

    private static Task ApplyAsync(IDeployStackDatabase database, string sql) => database.ExecuteBatchAsync([new(sql)]);

    private static void AssertSame<T>(IReadOnlyList<T> expected, IReadOnlyList<T> actual, Func<T, T, bool> same)
    {
        Assert.Equal(expected.Count, actual.Count);
        for (var i = 0; i < expected.Count; i++)
        {
            Assert.True(same(expected[i], actual[i]), $"At {i}: expected {expected[i]}, got {actual[i]}.");
        }
    }

    private sealed record Holder<T>(long Id, T Value);
}
