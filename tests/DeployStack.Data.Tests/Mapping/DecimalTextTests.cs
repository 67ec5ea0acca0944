using System.Text;
using CsCheck;
using DeployStack.Data.Mapping.Converters.Numbers;

namespace DeployStack.Data.Tests.Mapping;

public sealed class DecimalTextTests
{
    private static readonly Gen<decimal> _decimals = Gen.OneOf(
        Gen.Decimal,
        Gen.Select(Gen.Int, Gen.Int, Gen.Int, Gen.Bool, Gen.Byte[0, 28], static (low, middle, high, negative, scale) => new decimal(low, middle, high, negative, scale)),
        Gen.Int[-100_000, 100_000].Select(static cents => cents / 100m));

    [Fact]
    public void Every_decimal_comes_back()
        => _decimals.Sample(static value => Parse(Format(value)) == value);

    [Fact]
    public void The_order_of_the_texts_is_the_order_of_the_numbers()
        => Gen.Select(_decimals, _decimals).Sample(static (a, b) => Math.Sign(string.CompareOrdinal(Format(a), Format(b))) == a.CompareTo(b));

    [Fact]
    public void Neighbours_are_in_order_too()
        => Gen.Select(_decimals.Where(static d => Math.Abs(d) < 1_000_000m), Gen.Int[1, 28]).Sample(static (a, scale) =>
        {
            var b = a + new decimal(1, 0, 0, false, (byte)scale);
            return Math.Sign(string.CompareOrdinal(Format(a), Format(b))) == a.CompareTo(b);
        });

    [Theory]
    [InlineData("0", "00000000000000000000000000000")]
    [InlineData("1.50", "00000000000000000000000000001.5")]
    [InlineData("-1.5", "-99999999999999999999999999998.4~")]
    [InlineData("-0.0", "00000000000000000000000000000")]
    [InlineData("79228162514264337593543950335", "79228162514264337593543950335")]
    [InlineData("-79228162514264337593543950335", "-20771837485735662406456049664~")]
    public void The_form_is_fixed(string value, string expected)
        => Assert.Equal(expected, Format(decimal.Parse(value, System.Globalization.CultureInfo.InvariantCulture)));

    [Theory]
    [InlineData("1.25", "1.25")]
    [InlineData("-1.25", "-1.25")]
    [InlineData("1e3", "1000")]
    [InlineData("007", "7")]
    public void Plain_numbers_are_read(string text, string expected)
        => Assert.Equal(decimal.Parse(expected, System.Globalization.CultureInfo.InvariantCulture), Parse(text));

    [Theory]
    [InlineData("")]
    [InlineData("~")]
    [InlineData("-~")]
    [InlineData("-1~")]
    [InlineData("1~")]
    [InlineData("-99999999999999999999999999998.4")]
    [InlineData("-9999999999999999999999999999x.4~")]
    [InlineData("-99999999999999999999999999998.4.4~")]
    [InlineData("abc")]
    [InlineData("1,5")]
    [InlineData("79228162514264337593543950336")]
    [InlineData("-99999999999999999999999999998.44444444444444444444444444444444~")]
    public void Anything_else_is_refused(string text)
        => Assert.False(DecimalText.TryParse(Encoding.UTF8.GetBytes(text), out _));

    private static string Format(decimal value)
    {
        Span<char> text = stackalloc char[DecimalText.MaxLength];
        return text[..DecimalText.Format(value, text)].ToString();
    }

    private static decimal Parse(string text)
    {
        Assert.True(DecimalText.TryParse(Encoding.UTF8.GetBytes(text), out var value), text);
        return value;
    }
}
