using System.Globalization;

namespace DeployStack.Data.Mapping.Converters.Numbers;

/// <summary>A text form of <see cref="decimal"/> whose byte order is the order of the numbers.</summary>
/// <remarks>
/// The integer part has 29 digits, then come <c>.</c> and the fraction without trailing zeros, if there is one: equal
/// numbers have one form, and a shorter fraction, being a prefix, sorts first. A negative number is <c>-</c> (which
/// sorts before every digit), the nines' complement of the same digits, and <c>~</c> (which sorts behind every digit and
/// the point, so that of two fractions the longer, smaller number comes first).
/// </remarks>
internal static class DecimalText
{
    /// <summary>Sign, integer part, point, 28 digits of fraction, end mark.</summary>
    public const int MaxLength = 1 + IntegerDigits + 1 + 28 + 1;

    private const int IntegerDigits = 29;

    public static int Format(decimal value, Span<char> text)
    {
        var negative = value < 0;
        var digits = text[(negative ? 1 : 0)..];
        decimal.Abs(value).TryFormat(digits, out var length, "00000000000000000000000000000.############################", CultureInfo.InvariantCulture);
        if (!negative)
        {
            return length;
        }

        text[0] = '-';
        foreach (ref var c in digits[..length])
        {
            c = c == '.' ? c : (char)('0' + '9' - c);
        }

        digits[length] = '~';
        return length + 2;
    }

    /// <summary>Reads the sortable form, and plain numeric text.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out decimal value)
    {
        if (text is not [(byte)'-', .. var complement, (byte)'~'])
        {
            return decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value);
        }

        value = 0;
        if (complement.Length is < IntegerDigits or > MaxLength)
        {
            return false;
        }

        Span<byte> digits = stackalloc byte[complement.Length];
        for (var i = 0; i < digits.Length; i++)
        {
            var c = complement[i];
            digits[i] = c is >= (byte)'0' and <= (byte)'9' ? (byte)('0' + '9' - c) : c;
        }

        if (!decimal.TryParse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out value))
        {
            return false;
        }

        value = -value;
        return true;
    }
}
