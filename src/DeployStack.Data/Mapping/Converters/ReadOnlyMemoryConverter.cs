using DeployStack.Data.Provider;

namespace DeployStack.Data.Mapping.Converters;

internal sealed class ReadOnlyMemoryConverter : ValueConverter<ReadOnlyMemory<byte>>
{
    public override ReadOnlyMemory<byte> Read(RowReader row, int ordinal)
        => ByteArrayConverter.Copy(row, ordinal, typeof(ReadOnlyMemory<byte>));

    public override void Write(ProviderCommand command, int index, ReadOnlyMemory<byte> value) => command.BindBlob(index, value.Span);
}
