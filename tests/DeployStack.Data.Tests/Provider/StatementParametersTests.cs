using DeployStack.Data.Provider;

namespace DeployStack.Data.Tests.Provider;

public sealed class StatementParametersTests
{
    [Theory]
    [InlineData("SELECT 1", "")]
    [InlineData("SELECT @a, :b, $c, @a", "@a :b $c")]
    [InlineData("SELECT @a, @A, :a", "@a @A :a")]
    [InlineData("SELECT @a+@b-@c", "@a @b @c")]
    [InlineData("SELECT '@a', \"@b\", [@c], `@d`, @e -- @f", "@e")]
    [InlineData("SELECT '@a', \"@b\", [@c], `@d`, @e -- @f\n, @g /* @h", "@e @g")]
    [InlineData("SELECT /* @a */ @b", "@b")]
    [InlineData("SELECT a::text, @b::int", "@b")]
    [InlineData("SELECT ?, ?1, ?", "? ?1")]
    [InlineData("SELECT 'it''s @a', @b", "@b")]
    [InlineData("SELECT @größe_1", "@größe_1")]
    [InlineData("SELECT @", "")]
    public void Names_come_once_in_order_and_with_their_prefix(string sql, string expected)
        => Assert.Equal(expected.Split(' ', StringSplitOptions.RemoveEmptyEntries), StatementParameters.Of(sql));
}
