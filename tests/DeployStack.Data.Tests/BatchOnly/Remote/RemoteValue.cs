using System.Text;
using DeployStack.Data.Provider;

namespace DeployStack.Data.Tests.BatchOnly.Remote;

/// <summary>A value on the wire.</summary>
internal readonly record struct RemoteValue(StorageKind Kind, long Integer = 0, double Real = 0, byte[]? Bytes = null)
{
    public static RemoteValue OfText(ReadOnlySpan<char> text)
    {
        var bytes = new byte[Encoding.UTF8.GetByteCount(text)];
        Encoding.UTF8.GetBytes(text, bytes);
        return new(StorageKind.Text, Bytes: bytes);
    }
}
