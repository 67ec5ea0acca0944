using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Text;
using DeployStack.Data.Provider;

namespace DeployStack.Data.Mapping.Converters;

/// <summary>Writes the number or the name; reads both, numbers in the range of the underlying type only.</summary>
internal sealed class EnumConverter<TEnum, TNumber>(ValueConverter<TNumber> number, EnumFormat format) : ValueConverter<TEnum>
    where TEnum : struct, Enum
    where TNumber : struct, IBinaryInteger<TNumber>
{
    private const int LongestNameOnStack = 256;

    public override TEnum Read(RowReader row, int ordinal)
    {
        if (row.GetKind(ordinal) != StorageKind.Text)
        {
            return Unsafe.BitCast<TNumber, TEnum>(number.Read(row, ordinal));
        }

        var utf8 = row.GetBytes(ordinal);
        Span<char> buffer = utf8.Length <= LongestNameOnStack ? stackalloc char[LongestNameOnStack] : new char[utf8.Length];
        var text = buffer[..Encoding.UTF8.GetChars(utf8, buffer)];
        if (Enum.TryParse<TEnum>(text, ignoreCase: true, out var value))
        {
            return value;
        }

        // beyond long.MaxValue a number of an enum over ulong is stored as text
        return typeof(TNumber) == typeof(ulong) && text is ['u', ..]
            ? Unsafe.BitCast<TNumber, TEnum>(number.Read(row, ordinal))
            : throw MappingErrors.WrongForm(row, ordinal, typeof(TEnum), "a member's name or number");
    }

    public override void Write(ProviderCommand command, int index, TEnum value)
    {
        if (format == EnumFormat.Number)
        {
            number.Write(command, index, Unsafe.BitCast<TEnum, TNumber>(value));
        }
        else if (Enum.GetName(value) is { } name)
        {
            command.BindText(index, name);
        }
        else
        {
            // combinations of flags become their names, anything else its number
            command.BindText(index, string.Create(CultureInfo.InvariantCulture, $"{value:G}"));
        }
    }
}
