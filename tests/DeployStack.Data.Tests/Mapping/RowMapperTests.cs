using DeployStack.Data.Mapping;
using DeployStack.Data.Tests.Fakes;

namespace DeployStack.Data.Tests.Mapping;

public sealed class RowMapperTests
{
    private readonly RowMapper _mapper = new(TypeProfile.Default);

    [Theory]
    [InlineData("text", "Column 'v' holds a TEXT, which cannot be read as Int32. Ask for another type, or convert it in the SQL.")]
    [InlineData(3_000_000_000L, "Column 'v' holds a number that Int32 cannot hold exactly. Ask for a wider type.")]
    [InlineData(1.5, "Column 'v' holds a number that Int32 cannot hold exactly. Ask for a wider type.")]
    [InlineData(null, "Column 'v' is NULL, and Int32 has no place for it. Ask for Int32?, or use coalesce(...) in the SQL.")]
    public void A_value_that_does_not_fit_is_told_by_column_kind_and_way_out(object? value, string message)
    {
        var error = Assert.Throws<DatabaseException>(() => Read<int>(["v"], value));
        Assert.Equal((DatabaseErrorKind.ResultShape, message), (error.Kind, error.Message));
        Assert.Equal(["v"], error.Columns);
    }

    [Fact]
    public void The_errors_of_shapes_name_the_type_the_columns_and_the_way_out()
    {
        AssertShape<int>(["a", "b"], "Int32 takes one column and the result has 2 (a, b). Select one, or ask for a tuple or a record.");
        AssertShape<(int, int)>(["a"], "ValueTuple<Int32, Int32> takes 2 columns and the result has 1 (a).");
        AssertShape<object>(["a"], "Object says nothing about the columns. Ask for a record, a class or a tuple; for dynamic rows use Dapper on the session's Connection.");
        AssertShape<Team>(["id"], "Team needs Name, and the result has no such column (it has id). Select it, or rename it with AS.");
        AssertShape<Team>(["id", "name", "na_me"], "Several columns (name, na_me) fit Team.Name. Give all but one another name with AS.");
        AssertShape<IDisposable>(["a"], "A row cannot be read as IDisposable: it cannot be constructed. Ask for a record, a class, a tuple or a scalar of the type profile.");
        AssertShape<Odd>(["what"], "Odd(What) is of type Version, for which the type profile has no converter. Register one with TypeProfile.With, or do not select its column.");
        AssertShape<int>([], "The statement returns no columns, so it cannot be read as Int32. Execute it instead of querying.");
    }

    [Fact]
    public void Of_columns_that_differ_in_case_the_exact_one_is_taken()
        => Assert.Equal(new Team(1, "exact"), Read<Team>(["Id", "NAME", "Name"], 1L, "other", "exact"));

    [Fact]
    public void A_map_is_kept_with_the_statement_until_its_columns_change()
    {
        var command = new FakeCommand("SELECT", ["Id", "Name"], [1L, "a"]);
        var first = _mapper.Get<Team>(command);
        Assert.Same(first, _mapper.Get<Team>(command));
        Assert.Same(first, command.RowPlan);
        var other = new FakeCommand("SELECT", ["Name", "Id"], ["a", 1L]) { RowPlan = first };
        Assert.NotSame(first, _mapper.Get<Team>(other));
        Assert.Equal(new Team(1, "a"), _mapper.Get<Team>(other).Map(other.Row));
    }

    [Fact]
    public void Maps_of_two_databases_are_not_mixed_up()
    {
        var blobs = new RowMapper(new TypeProfile().With(new Shouting()));
        var command = new FakeCommand("SELECT", ["v"], ["a"]);
        Assert.Equal("a", _mapper.Get<string>(command).Map(command.Row));
        Assert.Equal("A", blobs.Get<string>(command).Map(command.Row));
        Assert.Equal("a", _mapper.Get<string>(command).Map(command.Row));
    }

    [Fact]
    public void Equal_column_lists_of_different_statements_share_a_map()
        => Assert.Same(
            _mapper.Get<Team>(new FakeCommand("SELECT 1", ["Id", "Name"], [1L, "a"])),
            _mapper.Get<Team>(new FakeCommand("SELECT 2", ["Id", "Name"], [2L, "b"])));

    [Fact]
    public void Any_number_of_column_lists_is_mapped()
    {
        for (var i = 0; i < 4_500; i++)
        {
            Assert.Equal(i, Read<long>([$"c{i}"], (long)i));
        }
    }

    [Fact]
    public void A_scalar_map_ignores_the_other_columns()
    {
        var command = new FakeCommand("SELECT", ["a", "b"], [1L, "x"]);
        Assert.Equal(1, _mapper.GetScalar<int>(command).Map(command.Row));
        var error = Assert.Throws<DatabaseException>(() => _mapper.GetScalar<Team>(command));
        Assert.Equal("Team is no scalar of the type profile. Query rows of it, or register a converter with TypeProfile.With.", error.Message);
    }

    private void AssertShape<T>(string[] columns, string message)
    {
        var error = Assert.Throws<DatabaseException>(() => Read<T>(columns, [.. columns.Select(static _ => (object?)1L)]));
        Assert.Equal((DatabaseErrorKind.ResultShape, message), (error.Kind, error.Message));
    }

    private T Read<T>(string[] columns, params object?[]? values)
    {
        var command = new FakeCommand("SELECT", columns, values ?? [null]);
        return _mapper.Get<T>(command).Map(command.Row);
    }

    private sealed record Team(int Id, string Name);

    private sealed record Odd(Version What);

    private sealed class Shouting : ValueConverter<string>
    {
        public override string Read(Data.Provider.RowReader row, int ordinal) => row.GetText(ordinal).ToUpperInvariant();

        public override void Write(Data.Provider.ProviderCommand command, int index, string value) => command.BindText(index, value);
    }
}
