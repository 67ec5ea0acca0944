using System.Globalization;
using CsCheck;
using DeployStack.Data.Settings;
using DeployStack.Data.Settings.Values;

namespace DeployStack.Data.Tests.Settings;

public sealed class SettingCodecTests
{
    [Theory]
    [InlineData("587", 587)]
    [InlineData("587.0", 587)]
    [InlineData(" -3 ", -3)]
    [InlineData("1e3", 1000)]
    [InlineData("2147483647", int.MaxValue)]
    [InlineData("-2147483648", int.MinValue)]
    public void A_whole_number_is_read(string text, int expected) => Assert.Equal(expected, Read<int>(text));

    [Theory]
    [InlineData("587.5")]
    [InlineData("2147483648")]
    [InlineData("")]
    [InlineData("0x10")]
    [InlineData("1,000")]
    [InlineData("abc")]
    [InlineData("true")]
    public void A_text_that_is_no_whole_number_is_told(string text) => Assert.False(SettingCodec<int>.Get().TryRead(text, out _));

    [Theory]
    [InlineData("true", true)]
    [InlineData("False", false)]
    public void A_boolean_is_read(string text, bool expected) => Assert.Equal(expected, Read<bool>(text));

    [Theory]
    [InlineData("")]
    public void A_text_that_is_no_boolean_is_told(string text) => Assert.False(SettingCodec<bool>.Get().TryRead(text, out _));

    [Theory]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    [InlineData("1e999")]
    public void A_number_is_finite(string text) => Assert.False(SettingCodec<double>.Get().TryRead(text, out _));

    [Fact]
    public void What_is_no_number_is_not_written()
    {
        Assert.Null(SettingCodec<double>.Get().Write(double.NaN));
        Assert.Null(SettingCodec<double?>.Get().Write(double.PositiveInfinity));
    }

    [Fact]
    public void Booleans_are_written_as_DeployStack_writes_them()
        => Assert.Equal(("true", "false"), (SettingCodec<bool>.Get().Write(true), SettingCodec<bool>.Get().Write(false)));

    [Fact]
    public void Null_is_written_as_no_value()
        => Assert.Equal(("", ""), (SettingCodec<int?>.Get().Write(null), SettingCodec<string>.Get().Write(null!)));

    [Fact]
    public void Numbers_survive_in_any_culture()
    {
        var before = CultureInfo.CurrentCulture;
        var comma = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        (comma.NumberFormat.NumberDecimalSeparator, comma.NumberFormat.NegativeSign) = (",", "~");
        CultureInfo.CurrentCulture = comma;
        try
        {
            Assert.Equal("~1,5", $"{-1.5}");
            foreach (var (i, l, m, d) in Gen.Select(Gen.Int, Gen.Long, Gen.Decimal, Gen.Double.Where(double.IsFinite)).Array[1_000].Single())
            {
                Assert.Equal((i, l, m, d), (RoundTrip(i), RoundTrip(l), RoundTrip(m), RoundTrip(d)));
            }
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void A_type_that_cannot_be_stored_is_refused_by_name()
        => Assert.Contains(nameof(DateTime), Assert.Throws<NotSupportedException>(() => new Setting<DateTime>("a")).Message, StringComparison.Ordinal);

    private static T Read<T>(string text)
    {
        Assert.True(SettingCodec<T>.Get().TryRead(text, out var value));
        return value;
    }

    private static T RoundTrip<T>(T value) => Read<T>(SettingCodec<T>.Get().Write(value)!);
}
