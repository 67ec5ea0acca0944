using System.Buffers.Text;
using DeployStack.Data.Provider;

namespace DeployStack.Data.Mapping.Converters;

internal sealed class GuidConverter(GuidFormat format) : ValueConverter<Guid>
{
    private const int TextLength = 36;
    private const int BlobLength = 16;

    public override Guid Read(RowReader row, int ordinal)
    {
        switch (row.GetKind(ordinal))
        {
            case StorageKind.Text:
                var text = row.GetBytes(ordinal);
                if (text.Length == TextLength && Utf8Parser.TryParse(text, out Guid value, out var consumed, 'D') && consumed == TextLength)
                {
                    return value;
                }

                break;
            case StorageKind.Blob:
                var blob = row.GetBytes(ordinal);
                if (blob.Length == BlobLength)
                {
                    return new Guid(blob, bigEndian: true);
                }

                break;
            default:
                throw MappingErrors.WrongKind(row, ordinal, typeof(Guid));
        }

        throw MappingErrors.WrongForm(row, ordinal, typeof(Guid), "36 characters with hyphens, or 16 bytes");
    }

    public override void Write(ProviderCommand command, int index, Guid value)
    {
        if (format == GuidFormat.Blob)
        {
            Span<byte> bytes = stackalloc byte[BlobLength];
            value.TryWriteBytes(bytes, bigEndian: true, out _);
            command.BindBlob(index, bytes);
            return;
        }

        Span<char> text = stackalloc char[TextLength];
        value.TryFormat(text, out _, "D");
        command.BindText(index, text);
    }
}
