using DeployStack.Data.Provider;

namespace DeployStack.Data.Mapping.Converters.Times;

/// <summary>TEXT <c>HH:mm:ss.fffffff</c>; seconds and fraction may be absent when read.</summary>
internal sealed class TimeOnlyConverter : ValueConverter<TimeOnly>
{
    public override TimeOnly Read(RowReader row, int ordinal)
    {
        if (row.GetKind(ordinal) != StorageKind.Text)
        {
            throw MappingErrors.WrongKind(row, ordinal, typeof(TimeOnly));
        }

        var text = row.GetBytes(ordinal);
        return DigitText.TryTime(ref text, out var time) && text.IsEmpty
            ? time
            : throw MappingErrors.WrongForm(row, ordinal, typeof(TimeOnly), "HH:mm:ss.fffffff");
    }

    public override void Write(ProviderCommand command, int index, TimeOnly value)
    {
        Span<char> text = stackalloc char[DigitText.TimeLength];
        DigitText.Time(text, value);
        command.BindText(index, text);
    }
}
