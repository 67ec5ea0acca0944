using DeployStack.Data.Provider;

namespace DeployStack.Data.Mapping.Converters;

internal sealed class MemoryConverter : ValueConverter<Memory<byte>>
{
    public override Memory<byte> Read(RowReader row, int ordinal) => ByteArrayConverter.Copy(row, ordinal, typeof(Memory<byte>));

    public override void Write(ProviderCommand command, int index, Memory<byte> value) => command.BindBlob(index, value.Span);
}
