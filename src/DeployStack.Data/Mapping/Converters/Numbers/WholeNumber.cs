using DeployStack.Data.Provider;

namespace DeployStack.Data.Mapping.Converters.Numbers;

internal static class WholeNumber
{
    private const double TwoTo63 = 9223372036854775808.0;

    /// <summary>The integer that a REAL stands for exactly.</summary>
    public static long FromReal(RowReader row, int ordinal, Type target)
    {
        if (row.GetKind(ordinal) != StorageKind.Real)
        {
            throw MappingErrors.WrongKind(row, ordinal, target);
        }

        var value = row.GetDouble(ordinal);
        return value is >= -TwoTo63 and < TwoTo63 && double.IsInteger(value)
            ? (long)value
            : throw MappingErrors.OutOfRange(row, ordinal, target);
    }
}
