using DeployStack.Data.Provider;

namespace DeployStack.Data.Tests.Provider;

public sealed class ListParametersTests
{
    [Theory]
    [InlineData("SELECT * FROM t WHERE id IN @ids", "SELECT * FROM t WHERE id IN <@ids>")]
    [InlineData("SELECT * FROM t WHERE id in :ids AND x IN $xs", "SELECT * FROM t WHERE id in <:ids> AND x IN <$xs>")]
    [InlineData("id NOT IN\n\t@ids)", "id NOT IN\n\t<@ids>)")]
    [InlineData("id IN -- which\n@ids", "id IN -- which\n<@ids>")]
    [InlineData("id IN/* which */@ids", "id IN/* which */<@ids>")]
    [InlineData("id In @a_1 Or id iN @ü", "id In <@a_1> Or id iN <@ü>")]
    [InlineData("IN @x IN @x", "IN <@x> IN <@x>")]
    [InlineData("id IN @ids;", "id IN <@ids>;")]
    public void A_list_behind_in_is_rewritten(string sql, string expected)
        => Assert.Equal(expected, ListParameters.Expand(sql, static name => $"<{name}>"));

    [Theory]
    [InlineData("id IN (@ids)")]
    [InlineData("id IN (1, @b)")]
    [InlineData("id = @ids")]
    [InlineData("'IN @x'")]
    [InlineData("\"IN @x\"")]
    [InlineData("[IN @x]")]
    [InlineData("`IN @x`")]
    [InlineData("-- IN @x")]
    [InlineData("/* IN @x */")]
    [InlineData("/* never closed IN @x")]
    [InlineData("'never closed IN @x")]
    [InlineData("'it''s IN @x'")]
    [InlineData("SELECT begin @x")]
    [InlineData("main @x")]
    [InlineData("IN_ @x")]
    [InlineData("IN @")]
    [InlineData("IN ::text")]
    [InlineData("IN t @x")]
    [InlineData("x IN")]
    [InlineData("")]
    public void Everything_else_is_left_alone(string sql)
        => Assert.Same(sql, ListParameters.Expand(sql, static name => $"<{name}>"));
}
