namespace DeployStack.Data.Mapping.Converters.Times;

/// <summary><c>yyyy-MM-dd HH:mm:ss.fffffffZ</c> in UTC, followed by the offset of a DateTimeOffset that has one: of
/// fixed width up to the Z, so that the order of the texts is the order of the instants.</summary>
internal static class TimestampText
{
    public const int MaxLength = UtcLength + 6;

    private const int UtcLength = 28;

    public static int Format(DateTimeOffset value, Span<char> text)
    {
        var utc = value.UtcDateTime;
        DigitText.Date(text, DateOnly.FromDateTime(utc));
        text[DigitText.DateLength] = ' ';
        DigitText.Time(text[(DigitText.DateLength + 1)..], TimeOnly.FromDateTime(utc));
        text[UtcLength - 1] = 'Z';
        var minutes = (int)(value.Offset.Ticks / TimeSpan.TicksPerMinute);
        if (minutes == 0)
        {
            return UtcLength;
        }

        text[UtcLength] = minutes < 0 ? '-' : '+';
        DigitText.Write(text.Slice(UtcLength + 1, 2), Math.Abs(minutes) / 60);
        text[UtcLength + 3] = ':';
        DigitText.Write(text.Slice(UtcLength + 4, 2), Math.Abs(minutes) % 60);
        return MaxLength;
    }

    /// <summary>Reads our form and the usual ones: T or blank, with or without time, seconds, fraction, Z and offset.
    /// An offset without Z before it belongs to a local time; without both, the time is UTC.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out DateTimeOffset value)
    {
        value = default;
        if (!DigitText.TryDate(ref text, out var date))
        {
            return false;
        }

        var time = TimeOnly.MinValue;
        if (text is [(byte)' ' or (byte)'T' or (byte)'t', ..])
        {
            text = text[1..];
            if (!DigitText.TryTime(ref text, out time))
            {
                return false;
            }
        }

        var isUtc = text is [(byte)'Z' or (byte)'z', ..];
        text = isUtc ? text[1..] : text;
        if (!TryOffset(text, out var offset))
        {
            return false;
        }

        var utcTicks = date.ToDateTime(time).Ticks - (isUtc ? 0 : offset.Ticks);
        if (utcTicks < 0 || utcTicks > DateTime.MaxValue.Ticks || utcTicks + offset.Ticks < 0 || utcTicks + offset.Ticks > DateTime.MaxValue.Ticks)
        {
            return false;
        }

        value = new DateTimeOffset(utcTicks + offset.Ticks, offset);
        return true;
    }

    // nothing, +hh, +hhmm or +hh:mm
    private static bool TryOffset(ReadOnlySpan<byte> text, out TimeSpan offset)
    {
        offset = TimeSpan.Zero;
        if (text.IsEmpty)
        {
            return true;
        }

        if (text[0] is not ((byte)'+' or (byte)'-'))
        {
            return false;
        }

        var sign = text[0] == (byte)'-' ? -1 : 1;
        text = text[1..];
        if (!DigitText.TryRead(ref text, 2, out var hours))
        {
            return false;
        }

        text = text is [(byte)':', _, ..] ? text[1..] : text;
        var minutes = 0;
        if (!text.IsEmpty && !DigitText.TryRead(ref text, 2, out minutes))
        {
            return false;
        }

        offset = TimeSpan.FromMinutes(sign * ((hours * 60) + minutes));
        return text.IsEmpty && minutes < 60 && (hours * 60) + minutes <= 14 * 60;
    }
}
