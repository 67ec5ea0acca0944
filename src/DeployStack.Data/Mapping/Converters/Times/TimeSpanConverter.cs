using DeployStack.Data.Provider;

namespace DeployStack.Data.Mapping.Converters.Times;

/// <summary>INTEGER, ticks of 100 nanoseconds.</summary>
internal sealed class TimeSpanConverter : ValueConverter<TimeSpan>
{
    public override TimeSpan Read(RowReader row, int ordinal)
        => new(row.GetKind(ordinal) == StorageKind.Integer ? row.GetInt64(ordinal) : throw MappingErrors.WrongKind(row, ordinal, typeof(TimeSpan)));

    public override void Write(ProviderCommand command, int index, TimeSpan value) => command.BindInt64(index, value.Ticks);
}
