using DeployStack.Data.Provider;

namespace DeployStack.Data.Mapping.Converters;

/// <summary>The text that the address was made from.</summary>
internal sealed class UriConverter : ValueConverter<Uri>
{
    public override Uri Read(RowReader row, int ordinal)
    {
        if (row.GetKind(ordinal) != StorageKind.Text)
        {
            throw MappingErrors.WrongKind(row, ordinal, typeof(Uri));
        }

        return Uri.TryCreate(row.GetText(ordinal), UriKind.RelativeOrAbsolute, out var value)
            ? value
            : throw MappingErrors.WrongForm(row, ordinal, typeof(Uri), "an address");
    }

    public override void Write(ProviderCommand command, int index, Uri value) => command.BindText(index, value.OriginalString);
}
