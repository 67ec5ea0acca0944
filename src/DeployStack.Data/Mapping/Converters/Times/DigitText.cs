namespace DeployStack.Data.Mapping.Converters.Times;

/// <summary>Dates and times in digits, whatever the culture.</summary>
internal static class DigitText
{
    public const int DateLength = 10;
    public const int TimeLength = 16;

    private const int FractionDigits = 7;

    public static void Date(Span<char> text, DateOnly date)
    {
        Write(text[..4], date.Year);
        text[4] = '-';
        Write(text.Slice(5, 2), date.Month);
        text[7] = '-';
        Write(text.Slice(8, 2), date.Day);
    }

    public static void Time(Span<char> text, TimeOnly time)
    {
        Write(text[..2], time.Hour);
        text[2] = ':';
        Write(text.Slice(3, 2), time.Minute);
        text[5] = ':';
        Write(text.Slice(6, 2), time.Second);
        text[8] = '.';
        Write(text.Slice(9, FractionDigits), (int)(time.Ticks % TimeSpan.TicksPerSecond));
    }

    /// <summary>Fills the whole of <paramref name="text"/>, with leading zeros.</summary>
    public static void Write(Span<char> text, int number)
    {
        for (var i = text.Length - 1; i >= 0; i--)
        {
            text[i] = (char)('0' + (number % 10));
            number /= 10;
        }
    }

    /// <summary>Takes yyyy-MM-dd off the front.</summary>
    public static bool TryDate(ref ReadOnlySpan<byte> text, out DateOnly date)
    {
        date = default;
        if (!TryRead(ref text, 4, out var year) || !TrySkip(ref text, (byte)'-') || !TryRead(ref text, 2, out var month)
            || !TrySkip(ref text, (byte)'-') || !TryRead(ref text, 2, out var day)
            || year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month))
        {
            return false;
        }

        date = new DateOnly(year, month, day);
        return true;
    }

    /// <summary>Takes HH:mm, HH:mm:ss or HH:mm:ss.f… off the front; digits below a tick are dropped.</summary>
    public static bool TryTime(ref ReadOnlySpan<byte> text, out TimeOnly time)
    {
        time = default;
        if (!TryRead(ref text, 2, out var hour) || !TrySkip(ref text, (byte)':') || !TryRead(ref text, 2, out var minute) || hour > 23 || minute > 59)
        {
            return false;
        }

        var second = 0;
        var ticks = 0;
        if (TrySkip(ref text, (byte)':') && (!TryRead(ref text, 2, out second) || second > 59 || !TryFraction(ref text, out ticks)))
        {
            return false;
        }

        time = new TimeOnly((((hour * 60L) + minute) * 60 + second) * TimeSpan.TicksPerSecond + ticks);
        return true;
    }

    public static bool TryRead(ref ReadOnlySpan<byte> text, int digits, out int number)
    {
        number = 0;
        if (text.Length < digits)
        {
            return false;
        }

        for (var i = 0; i < digits; i++)
        {
            if (!char.IsAsciiDigit((char)text[i]))
            {
                return false;
            }

            number = (number * 10) + text[i] - '0';
        }

        text = text[digits..];
        return true;
    }

    private static bool TrySkip(ref ReadOnlySpan<byte> text, byte mark)
    {
        if (text.IsEmpty || text[0] != mark)
        {
            return false;
        }

        text = text[1..];
        return true;
    }

    private static bool TryFraction(ref ReadOnlySpan<byte> text, out int ticks)
    {
        ticks = 0;
        if (!TrySkip(ref text, (byte)'.'))
        {
            return true;
        }

        var length = text.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        length = length < 0 ? text.Length : length;
        for (var i = 0; i < FractionDigits; i++)
        {
            ticks = (ticks * 10) + (i < length ? text[i] - '0' : 0);
        }

        text = text[length..];
        return length > 0;
    }
}
