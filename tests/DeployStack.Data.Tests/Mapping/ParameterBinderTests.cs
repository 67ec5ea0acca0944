using System.Collections;
using System.Data;
using Dapper;
using DeployStack.Data.Mapping;
using DeployStack.Data.Tests.Fakes;

namespace DeployStack.Data.Tests.Mapping;

public sealed class ParameterBinderTests
{
    private readonly ParameterBinder _binder = new(TypeProfile.Default);

    [Fact]
    public void The_errors_name_the_parameter_the_type_and_the_way_out()
    {
        AssertError(null, "Parameter @v has no value: the statement was given no parameters. Pass an object with a member of that name.");
        AssertError(new { w = 1 }, "Parameter @v has no value: an anonymous type has nothing of that name. Add it, or correct the name in the SQL.");
        AssertError(new Dictionary<string, int>(), "Parameter @v has no value: Dictionary<String, Int32> has nothing of that name. Add it, or correct the name in the SQL.");
        AssertError(5, "Parameters were given as Int32, which has no names. Pass an object with a member for each parameter: new { name = value }.");
        AssertError(new List<int> { 1 }, "Parameters were given as List<Int32>, which has no names. Pass an object with a member for each parameter: new { name = value }.");
        AssertError(new { v = new Version(1, 0) }, "Parameter @v of type Version cannot be bound: the type profile has no converter for it. Register one with TypeProfile.With, or pass a member of it.");
        AssertError(new { v = double.NaN }, "Parameter @v of type Double cannot be bound: the engine would store NULL for NaN. Bind null if that is meant.");
        AssertError(new { v = "\udc00" }, "Parameter @v of type String cannot be bound: it holds half of a surrogate pair, which is no text. Bind the bytes instead.");
        AssertError(new Hashtable { [1] = 2 }, "The keys of a dictionary of parameters must be strings.");
        AssertError(new { v = 1 }, "Parameter 1 of the statement is positional (?). Values are given by name: write @name.", "SELECT ?");
    }

    [Fact]
    public void A_member_of_the_same_case_goes_before_others()
    {
        Assert.Equal(2L, Bind("SELECT @v", new { V = 1, v = 2 })["@v"]);
        Assert.Equal(1L, Bind("SELECT @V", new { V = 1, v = 2 })["@V"]);
        Assert.Equal(1L, Bind("SELECT @v", new { V = 1 })["@v"]);
    }

    [Fact]
    public void Members_of_any_kind_are_read_and_only_those_that_are_needed()
    {
        Assert.Equal("derived", Bind("SELECT @Name", new Derived { Name = "derived" })["@Name"]);
        Assert.Equal(7L, Bind("SELECT @Field", new WithField { Field = 7 })["@Field"]);
        Assert.Equal(8L, Bind("SELECT @Field", new StructWithField { Field = 8 })["@Field"]);
        Assert.Equal(1L, Bind("SELECT @Good", new WithThrowing())["@Good"]);
    }

    [Fact]
    public void An_exception_of_a_member_reaches_the_caller_as_it_is()
        => Assert.Throws<InvalidTimeZoneException>(() => Bind("SELECT @Bad", new WithThrowing()));

    [Fact]
    public void A_plan_is_kept_with_the_statement_for_the_last_type_and_the_own_database()
    {
        var command = new FakeCommand("SELECT @v");
        _binder.Bind(command, new { v = 1 });
        var plan = command.ParameterPlan;
        _binder.Bind(command, new { v = 2 });
        Assert.Same(plan, command.ParameterPlan);
        Assert.Equal(2L, command.Bound["@v"]);
        _binder.Bind(command, new { v = "text" });
        Assert.NotSame(plan, command.ParameterPlan);
        Assert.Equal("text", command.Bound["@v"]);
        new ParameterBinder(new TypeProfile { Guids = GuidFormat.Blob }).Bind(command, new { v = Guid.Empty });
        Assert.Equal(new byte[16], command.Bound["@v"]);
        _binder.Bind(command, new { v = Guid.Empty });
        Assert.Equal("00000000-0000-0000-0000-000000000000", command.Bound["@v"]);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("[1]", 1)]
    [InlineData("[1,\"a\\\"b\\\\c\\u0000\\u001f\",1.0,0.1,null,1e+300]", 1, "a\"b\\c\0\u001f", 1.0, 0.1, null, 1e300)]
    [InlineData("[9e999,-9e999]", double.PositiveInfinity, double.NegativeInfinity)]
    [InlineData("[1,0]", true, false)]
    public void A_list_is_one_json_array(string expected, params object?[] list)
        => Assert.Equal(expected, ((string)Bind("SELECT @list", new { list })["@list"]!).Replace("1E+300", "1e+300", StringComparison.Ordinal));

    [Fact]
    public void A_list_longer_than_any_buffer_is_whole()
    {
        var list = Enumerable.Range(0, 100_000).ToArray();
        Assert.Equal($"[{string.Join(',', list)}]", Bind("SELECT @list", new { list })["@list"]);
    }

    [Fact]
    public void Dappers_own_wrappers_are_opened()
    {
        Assert.Equal("text", Bind("SELECT @v", new { v = new DbString { Value = "text", IsAnsi = true, Length = 10 } })["@v"]);
        Assert.Null(Bind("SELECT @v", new { v = new DbString { Value = null } })["@v"]);
        var bag = new DynamicParameters(new { a = 1, b = 2 });
        bag.Add("@b", 3, DbType.Int32);
        bag.AddDynamicParams(new { c = new List<int> { 4, 5 } });
        bag.AddDynamicParams(new Dictionary<string, object> { ["d"] = "x" });
        var bound = Bind("SELECT @a, @b, @c, @d", bag);
        Assert.Equal((1L, 3L, "[4,5]", "x"), (bound["@a"], bound["@b"], bound["@c"], bound["@d"]));
        Assert.Equal(9L, Bind("SELECT @v", new Own())["@v"]);
    }

    [Fact]
    public void A_statement_without_parameters_takes_anything()
        => Assert.Empty(Bind("SELECT 1", 5));

    private Dictionary<string, object?> Bind(string sql, object? parameters)
    {
        var command = new FakeCommand(sql);
        _binder.Bind(command, parameters);
        return command.Bound;
    }

    private void AssertError(object? parameters, string message, string sql = "SELECT @v")
    {
        var error = Assert.Throws<DatabaseException>(() => Bind(sql, parameters));
        Assert.Equal((DatabaseErrorKind.InvalidParameter, message), (error.Kind, error.Message));
    }

    private class Base
    {
        public string Name { get; set; } = "base";

        public int this[int index] => index;
    }

    private sealed class Derived : Base;

    private sealed class WithField
    {
        public int Field;
    }

    private struct StructWithField
    {
        public int Field;
    }

    private sealed class WithThrowing
    {
        public int Good { get; } = 1;

        public int Bad => Good > 0 ? throw new InvalidTimeZoneException() : 0;
    }

    private sealed class Own : SqlMapper.IDynamicParameters
    {
        public void AddParameters(IDbCommand command, SqlMapper.Identity identity)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = "@v";
            parameter.Value = 9;
            command.Parameters.Add(parameter);
        }
    }
}
