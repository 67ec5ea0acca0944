using DeployStack.Data.Provider;

namespace DeployStack.Data.Mapping.Converters.Times;

/// <summary>The instant in UTC, and behind it the offset where there is one.</summary>
internal sealed class DateTimeOffsetConverter(DateTimeFormat format) : ValueConverter<DateTimeOffset>
{
    public override DateTimeOffset Read(RowReader row, int ordinal) => Instant.Read(row, ordinal, format, typeof(DateTimeOffset));

    public override void Write(ProviderCommand command, int index, DateTimeOffset value) => Instant.Write(command, index, value, format);
}
