using DeployStack.Data.Provider;

namespace DeployStack.Data.Mapping.Converters.Times;

/// <summary>TEXT <c>yyyy-MM-dd</c>.</summary>
internal sealed class DateOnlyConverter : ValueConverter<DateOnly>
{
    public override DateOnly Read(RowReader row, int ordinal)
    {
        if (row.GetKind(ordinal) != StorageKind.Text)
        {
            throw MappingErrors.WrongKind(row, ordinal, typeof(DateOnly));
        }

        var text = row.GetBytes(ordinal);
        return DigitText.TryDate(ref text, out var date) && text.IsEmpty
            ? date
            : throw MappingErrors.WrongForm(row, ordinal, typeof(DateOnly), "yyyy-MM-dd");
    }

    public override void Write(ProviderCommand command, int index, DateOnly value)
    {
        Span<char> text = stackalloc char[DigitText.DateLength];
        DigitText.Date(text, value);
        command.BindText(index, text);
    }
}
