using DeployStack.Data.Provider;

namespace DeployStack.Data.Mapping.Converters.Numbers;

/// <summary>REAL; NaN is refused because the engine would store NULL for it.</summary>
internal sealed class DoubleConverter : ValueConverter<double>
{
    public override double Read(RowReader row, int ordinal) => Read(row, ordinal, typeof(double));

    public override void Write(ProviderCommand command, int index, double value) => Write(command, index, value, typeof(double));

    public static double Read(RowReader row, int ordinal, Type target) => row.GetKind(ordinal) switch
    {
        StorageKind.Real => row.GetDouble(ordinal),
        StorageKind.Integer => row.GetInt64(ordinal),
        _ => throw MappingErrors.WrongKind(row, ordinal, target),
    };

    public static void Write(ProviderCommand command, int index, double value, Type type)
    {
        if (double.IsNaN(value))
        {
            throw MappingErrors.Value(command, index, type, "the engine would store NULL for NaN. Bind null if that is meant");
        }

        command.BindDouble(index, value);
    }
}
