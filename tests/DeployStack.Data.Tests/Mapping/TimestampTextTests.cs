using System.Text;
using CsCheck;
using DeployStack.Data.Mapping.Converters.Times;

namespace DeployStack.Data.Tests.Mapping;

public sealed class TimestampTextTests
{
    private static readonly Gen<DateTimeOffset> _instants = Gen.Select(
        Gen.Long[TimeSpan.TicksPerDay, DateTime.MaxValue.Ticks - TimeSpan.TicksPerDay], Gen.Int[-14 * 60, 14 * 60], static (ticks, minutes) => new DateTimeOffset(ticks, TimeSpan.FromMinutes(minutes)));

    [Fact]
    public void Every_instant_comes_back_with_its_offset()
        => _instants.Sample(static value => Parse(Format(value)).EqualsExact(value));

    [Fact]
    public void The_order_of_the_texts_is_the_order_of_the_instants()
        => Gen.Select(_instants, _instants).Sample(static (a, b) => a.UtcTicks == b.UtcTicks || Math.Sign(string.CompareOrdinal(Format(a), Format(b))) == a.UtcTicks.CompareTo(b.UtcTicks));

    [Fact]
    public void The_ends_of_time_come_back()
    {
        Assert.Equal("0001-01-01 00:00:00.0000000Z", Format(DateTimeOffset.MinValue));
        Assert.Equal("9999-12-31 23:59:59.9999999Z", Format(DateTimeOffset.MaxValue));
        Assert.Equal(DateTimeOffset.MinValue, Parse(Format(DateTimeOffset.MinValue)));
        Assert.Equal(DateTimeOffset.MaxValue, Parse(Format(DateTimeOffset.MaxValue)));
    }

    [Theory]
    [InlineData("2024-02-29 12:30:00.5000000Z+02:00", "2024-02-29T14:30:00.5+02:00")]
    [InlineData("2024-02-29 12:30:00.5000000Z-00:30", "2024-02-29T12:00:00.5-00:30")]
    [InlineData("2024-02-29", "2024-02-29T00:00:00+00:00")]
    [InlineData("2024-02-29 12:30", "2024-02-29T12:30:00+00:00")]
    [InlineData("2024-02-29t12:30:00.123456789z", "2024-02-29T12:30:00.1234567+00:00")]
    [InlineData("2024-02-29T12:30:00+0200", "2024-02-29T12:30:00+02:00")]
    [InlineData("2024-02-29T12:30:00-08", "2024-02-29T12:30:00-08:00")]
    public void The_usual_forms_are_read(string text, string expected)
        => Assert.True(DateTimeOffset.Parse(expected, System.Globalization.CultureInfo.InvariantCulture).EqualsExact(Parse(text)), $"{Parse(text):O}");

    [Theory]
    [InlineData("")]
    [InlineData("2024")]
    [InlineData("2024-13-01")]
    [InlineData("2023-02-29")]
    [InlineData("2024-02-29 24:00:00")]
    [InlineData("2024-02-29 12:60:00")]
    [InlineData("2024-02-29 12:30:00 +02:00")]
    [InlineData("2024-02-29 12:30:00+15:00")]
    [InlineData("2024-02-29 12:30:00+02:60")]
    [InlineData("2024-02-29 12:30:00Zx")]
    [InlineData("2024-02-29 12:30:00.")]
    [InlineData("2024-02-29 ")]
    [InlineData("9999-12-31 23:59:59Z+14:00")]
    [InlineData("0001-01-01 00:00:00+01:00")]
    [InlineData("29.02.2024")]
    public void Anything_else_is_refused(string text)
        => Assert.False(TimestampText.TryParse(Encoding.UTF8.GetBytes(text), out _));

    private static string Format(DateTimeOffset value)
    {
        Span<char> text = stackalloc char[TimestampText.MaxLength];
        return text[..TimestampText.Format(value, text)].ToString();
    }

    private static DateTimeOffset Parse(string text)
    {
        Assert.True(TimestampText.TryParse(Encoding.UTF8.GetBytes(text), out var value), text);
        return value;
    }
}
