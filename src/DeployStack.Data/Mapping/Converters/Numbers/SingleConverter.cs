using DeployStack.Data.Provider;

namespace DeployStack.Data.Mapping.Converters.Numbers;

/// <summary>REAL, rounded to the nearest <see cref="float"/> when read; a number beyond its range is refused.</summary>
internal sealed class SingleConverter : ValueConverter<float>
{
    public override float Read(RowReader row, int ordinal)
    {
        var wide = DoubleConverter.Read(row, ordinal, typeof(float));
        var value = (float)wide;
        return float.IsInfinity(value) && double.IsFinite(wide) ? throw MappingErrors.OutOfRange(row, ordinal, typeof(float)) : value;
    }

    public override void Write(ProviderCommand command, int index, float value) => DoubleConverter.Write(command, index, value, typeof(float));
}
