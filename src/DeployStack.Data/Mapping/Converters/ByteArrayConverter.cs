using DeployStack.Data.Provider;

namespace DeployStack.Data.Mapping.Converters;

/// <summary>A blob; a text is read as its UTF-8 bytes.</summary>
internal sealed class ByteArrayConverter : ValueConverter<byte[]>
{
    public override byte[] Read(RowReader row, int ordinal) => Copy(row, ordinal, typeof(byte[]));

    public override void Write(ProviderCommand command, int index, byte[] value) => command.BindBlob(index, value);

    public static byte[] Copy(RowReader row, int ordinal, Type target) => row.GetKind(ordinal) is StorageKind.Blob or StorageKind.Text
        ? row.GetBytes(ordinal).ToArray()
        : throw MappingErrors.WrongKind(row, ordinal, target);
}
