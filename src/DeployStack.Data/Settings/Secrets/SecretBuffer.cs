using System.Buffers;
using System.Security.Cryptography;

namespace DeployStack.Data.Settings.Secrets;

/// <summary>Bytes of a plain text: on the stack where they fit, pooled otherwise; zeroed when disposed.</summary>
internal readonly ref struct SecretBuffer
{
    public const int OnStack = 512;

    private readonly byte[]? _rented;

    public SecretBuffer(Span<byte> stack, int length)
    {
        _rented = length > stack.Length ? ArrayPool<byte>.Shared.Rent(length) : null;
        Span = _rented is null ? stack[..length] : _rented.AsSpan(0, length);
    }

    public Span<byte> Span { get; }

    public void Dispose()
    {
        CryptographicOperations.ZeroMemory(Span);
        if (_rented is not null)
        {
            ArrayPool<byte>.Shared.Return(_rented);
        }
    }
}
