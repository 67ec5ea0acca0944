using DeployStack.Data.Provider;

namespace DeployStack.Data.Mapping.Converters.Times;

/// <summary>Instants in UTC: local time is converted, unspecified time is taken as UTC, and what comes back is UTC.</summary>
internal sealed class DateTimeConverter(DateTimeFormat format) : ValueConverter<DateTime>
{
    public override DateTime Read(RowReader row, int ordinal) => Instant.Read(row, ordinal, format, typeof(DateTime)).UtcDateTime;

    public override void Write(ProviderCommand command, int index, DateTime value)
    {
        var utc = value.Kind == DateTimeKind.Local ? value.ToUniversalTime() : DateTime.SpecifyKind(value, DateTimeKind.Utc);
        Instant.Write(command, index, new DateTimeOffset(utc), format);
    }
}
