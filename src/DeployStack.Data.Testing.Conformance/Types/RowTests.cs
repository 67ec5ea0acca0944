using Xunit;

namespace DeployStack.Data.Testing.Conformance.Types;

/// <summary>Rows become records, classes, structs and tuples.</summary>
/// <param name="fixture">The provider under test.</param>
public abstract class RowTests(ConformanceFixture fixture) : ConformanceSuite(fixture)
{
    private const string Sql = "SELECT 7 AS id, 'red' AS team_name, NULL AS closed_at, 1 AS IsOpen";

    [Fact]
    public async Task A_record_takes_its_constructor_by_name()
    {
        var database = CreateDatabase();
        Assert.Equal(new Positional(7, "red", null, true), await database.QuerySingleAsync<Positional>(Sql));
        Assert.Equal(new PositionalStruct(7, "red"), await database.QuerySingleAsync<PositionalStruct>("SELECT 'red' AS TEAMNAME, 7 AS Id"));
    }

    [Fact]
    public async Task A_class_takes_its_members_by_name_and_leaves_the_others_alone()
    {
        var row = await CreateDatabase().QuerySingleAsync<WithSetters>(Sql + ", 5 AS unknown");
        Assert.Equal((7, "red", null, true, "untouched"), (row.Id, row.TeamName, row.ClosedAt, row.IsOpen, row.Other));
        Assert.Equal(9, (await CreateDatabase().QuerySingleAsync<WithSetters>("SELECT 9 AS ID")).Id);
    }

    [Fact]
    public async Task Required_and_init_members_are_filled()
    {
        var row = await CreateDatabase().QuerySingleAsync<WithRequired>(Sql);
        Assert.Equal((7L, "red", null), (row.Id, row.TeamName, row.ClosedAt));
        var error = await ThrowsAsync(DatabaseErrorKind.ResultShape, () => CreateDatabase().QueryAsync<WithRequired>("SELECT 7 AS id"));
        Assert.Contains("TeamName", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_constructor_and_members_go_together()
    {
        var row = await CreateDatabase().QuerySingleAsync<Mixed>(Sql);
        Assert.Equal((7, "red", true), (row.Id, row.TeamName, row.IsOpen));
    }

    [Fact]
    public async Task Of_several_constructors_the_longest_that_fits_is_taken()
    {
        var database = CreateDatabase();
        Assert.Equal("one 7", (await database.QuerySingleAsync<Several>("SELECT 7 AS id")).How);
        Assert.Equal("two 7 red", (await database.QuerySingleAsync<Several>("SELECT 7 AS id, 'red' AS name")).How);
    }

    [Fact]
    public async Task A_struct_and_fields_are_filled()
    {
        var row = await CreateDatabase().QuerySingleAsync<WithFields>(Sql);
        Assert.Equal((7, "red"), (row.Id, row.TeamName));
    }

    [Fact]
    public async Task An_inherited_member_is_filled()
    {
        var row = await CreateDatabase().QuerySingleAsync<Derived>(Sql);
        Assert.Equal((7, "red"), (row.Id, row.TeamName));
    }

    [Fact]
    public async Task Tuples_take_the_columns_by_position_however_many()
    {
        var database = CreateDatabase();
        Assert.Equal((1, "two"), await database.QuerySingleAsync<(int, string)>("SELECT 1, 'two'"));
        Assert.Equal(Tuple.Create(1, "two"), await database.QuerySingleAsync<Tuple<int, string>>("SELECT 1, 'two'"));
        Assert.Equal(ValueTuple.Create(1), await database.QuerySingleAsync<ValueTuple<int>>("SELECT 1"));
        Assert.Equal((1, (int?)null, "c", 4L, 5.5, (byte)6, true, "h", 9, 10m), await database.QuerySingleAsync<(int, int?, string, long, double, byte, bool, string, int, decimal)>(
            "SELECT 1, NULL, 'c', 4, 5.5, 6, 1, 'h', 9, 10"));
    }

    [Fact]
    public async Task Null_in_a_value_without_a_place_for_it_names_the_column()
    {
        var database = CreateDatabase();
        var error = await ThrowsAsync(DatabaseErrorKind.ResultShape, () => database.QueryAsync<PositionalStruct>("SELECT NULL AS id, 'red' AS team_name"));
        Assert.Equal(["id"], error.Columns);
        error = await ThrowsAsync(DatabaseErrorKind.ResultShape, () => database.QueryAsync<WithSetters>("SELECT NULL AS is_open"));
        Assert.Equal(["is_open"], error.Columns);
    }

    [Fact]
    public async Task What_cannot_be_made_of_the_columns_is_refused()
    {
        var database = CreateDatabase();
        var missing = await ThrowsAsync(DatabaseErrorKind.ResultShape, () => database.QueryAsync<Positional>("SELECT 7 AS id"));
        Assert.Contains("TeamName", missing.Message, StringComparison.Ordinal);
        await ThrowsAsync(DatabaseErrorKind.ResultShape, () => database.QueryAsync<WithSetters>("SELECT 1 AS neither, 2 AS fits"));
        await ThrowsAsync(DatabaseErrorKind.ResultShape, () => database.QueryAsync<WithSetters>("SELECT 1 AS id, 2 AS ID, 3 AS i_d"));
        await ThrowsAsync(DatabaseErrorKind.ResultShape, () => database.QueryAsync<IComparable>(Sql));
        await ThrowsAsync(DatabaseErrorKind.ResultShape, () => database.QueryAsync<Dictionary<string, object>>(Sql));
        await ThrowsAsync(DatabaseErrorKind.ResultShape, () => database.QueryAsync<Hidden>(Sql));
    }

    [Fact]
    public async Task One_statement_may_be_read_as_different_types_in_turn()
    {
        var database = CreateDatabase();
        for (var round = 0; round < 3; round++)
        {
            Assert.Equal(new Positional(7, "red", null, true), await database.QuerySingleAsync<Positional>(Sql));
            Assert.Equal("red", (await database.QuerySingleAsync<WithSetters>(Sql)).TeamName);
            Assert.Equal((7, "red", null, 1), await database.QuerySingleAsync<(int, string, string?, int)>(Sql));
            Assert.Equal(7, await database.ExecuteScalarAsync<byte>(Sql));
        }
    }

    [Fact]
    public async Task Many_rows_are_mapped_each_on_its_own()
    {
        var database = CreateDatabase();
        const string sql = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000) SELECT i AS id, 'n' || i AS team_name, CASE i % 2 WHEN 0 THEN i END AS closed_at, i % 3 = 0 AS is_open FROM n";
        var rows = await database.QueryAsync<Positional>(sql);
        Assert.Equal(Enumerable.Range(1, 5000).Select(static i => new Positional(i, $"n{i}", i % 2 == 0 ? i : null, i % 3 == 0)), rows);
    }

    private sealed record Positional(int Id, string TeamName, long? ClosedAt, bool IsOpen);

    private readonly record struct PositionalStruct(int Id, string TeamName);

    private class WithSetters
    {
        public int Id { get; set; }

        public string? TeamName { get; set; }

        public DateTime? ClosedAt { get; set; }

        public bool IsOpen { get; set; }

        public string Other { get; set; } = "untouched";
    }

    private sealed class Derived : WithSetters;

    private sealed class WithRequired
    {
        public required long Id { get; init; }

        public required string TeamName { get; init; }

        public DateOnly? ClosedAt { get; init; }
    }

    private sealed record Mixed(int Id)
    {
        public string TeamName { get; init; } = "";

        public bool IsOpen { get; set; }
    }

    private sealed class Several
    {
        public Several(int id) => How = $"one {id}";

        public Several(int id, string name) => How = $"two {id} {name}";

        public string How { get; }
    }

    private struct WithFields
    {
        public int Id { get; set; }

#pragma warning disable CS0649 // the mapper assigns it
        public string TeamName;
#pragma warning restore CS0649
    }

    private sealed class Hidden
    {
        private Hidden()
        {
        }

        public static Hidden Make() => new();

        public int Id { get; set; }
    }
}
