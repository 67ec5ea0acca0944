using System.Buffers.Text;
using System.Globalization;
using DeployStack.Data.Provider;

namespace DeployStack.Data.Mapping.Converters.Numbers;

/// <summary>INTEGER up to <see cref="long.MaxValue"/>; above it TEXT, <c>u</c> and 20 digits, which sorts behind every
/// integer and which no column affinity turns into a rounded number.</summary>
internal sealed class UInt64Converter : ValueConverter<ulong>
{
    private const int TextLength = 21;

    public override ulong Read(RowReader row, int ordinal)
    {
        if (row.GetKind(ordinal) == StorageKind.Text)
        {
            var text = row.GetBytes(ordinal);
            return text.Length == TextLength && text[0] == (byte)'u'
                && Utf8Parser.TryParse(text[1..], out ulong large, out var consumed) && consumed == TextLength - 1
                ? large
                : throw MappingErrors.WrongForm(row, ordinal, typeof(ulong), "an INTEGER, or 'u' and 20 digits");
        }

        var value = row.GetKind(ordinal) == StorageKind.Integer ? row.GetInt64(ordinal) : WholeNumber.FromReal(row, ordinal, typeof(ulong));
        return value >= 0 ? (ulong)value : throw MappingErrors.OutOfRange(row, ordinal, typeof(ulong));
    }

    public override void Write(ProviderCommand command, int index, ulong value)
    {
        if (value <= long.MaxValue)
        {
            command.BindInt64(index, (long)value);
            return;
        }

        Span<char> text = stackalloc char[TextLength];
        text[0] = 'u';
        value.TryFormat(text[1..], out _, "D20", CultureInfo.InvariantCulture);
        command.BindText(index, text);
    }
}
