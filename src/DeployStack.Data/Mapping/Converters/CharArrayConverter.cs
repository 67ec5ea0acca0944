using DeployStack.Data.Provider;

namespace DeployStack.Data.Mapping.Converters;

internal sealed class CharArrayConverter : ValueConverter<char[]>
{
    public override char[] Read(RowReader row, int ordinal) => row.GetKind(ordinal) == StorageKind.Text
        ? row.GetText(ordinal).ToCharArray()
        : throw MappingErrors.WrongKind(row, ordinal, typeof(char[]));

    public override void Write(ProviderCommand command, int index, char[] value) => TextForm.Bind(command, index, value, typeof(char[]));
}
