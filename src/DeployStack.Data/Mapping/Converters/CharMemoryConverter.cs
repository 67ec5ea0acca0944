using DeployStack.Data.Provider;

namespace DeployStack.Data.Mapping.Converters;

internal sealed class CharMemoryConverter : ValueConverter<ReadOnlyMemory<char>>
{
    public override ReadOnlyMemory<char> Read(RowReader row, int ordinal) => row.GetKind(ordinal) == StorageKind.Text
        ? row.GetText(ordinal).AsMemory()
        : throw MappingErrors.WrongKind(row, ordinal, typeof(ReadOnlyMemory<char>));

    public override void Write(ProviderCommand command, int index, ReadOnlyMemory<char> value) => TextForm.Bind(command, index, value.Span, typeof(ReadOnlyMemory<char>));
}
