using System.Globalization;
using DeployStack.Data.Provider;

namespace DeployStack.Data.Mapping.Converters.Numbers;

/// <summary>Exact TEXT whose order is the order of the numbers (<see cref="DecimalText"/>); reads plain numbers too.</summary>
internal sealed class DecimalConverter : ValueConverter<decimal>
{
    private const int LongestReal = 32;

    public override decimal Read(RowReader row, int ordinal)
    {
        switch (row.GetKind(ordinal))
        {
            case StorageKind.Integer:
                return row.GetInt64(ordinal);
            case StorageKind.Real:
                // through the shortest text: the cast from double would round to 15 digits
                Span<byte> text = stackalloc byte[LongestReal];
                row.GetDouble(ordinal).TryFormat(text, out var length, "R", CultureInfo.InvariantCulture);
                return DecimalText.TryParse(text[..length], out var real) ? real : throw MappingErrors.OutOfRange(row, ordinal, typeof(decimal));
            case StorageKind.Text:
                return DecimalText.TryParse(row.GetBytes(ordinal), out var value)
                    ? value
                    : throw MappingErrors.WrongForm(row, ordinal, typeof(decimal), "a number within its range");
            default:
                throw MappingErrors.WrongKind(row, ordinal, typeof(decimal));
        }
    }

    public override void Write(ProviderCommand command, int index, decimal value)
    {
        Span<char> text = stackalloc char[DecimalText.MaxLength];
        command.BindText(index, text[..DecimalText.Format(value, text)]);
    }
}
