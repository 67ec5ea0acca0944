using System.Diagnostics;
using System.Security.Cryptography;

namespace DeployStack.Data.Settings.Secrets;

/// <summary>Lends ciphers of one key, each to one thread at a time: an <see cref="AesGcm"/> sets the nonce in its native
/// state and is not thread-safe, and to make one costs more than to use it.</summary>
internal sealed class CipherPool(byte[] key)
{
    public const int TagSize = 16;

    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly byte[] _key = key;

    private readonly AesGcm?[] _idle = new AesGcm?[Math.Max(2, Environment.ProcessorCount)];

    public AesGcm Rent()
    {
        foreach (ref var slot in _idle.AsSpan())
        {
            if (Interlocked.Exchange(ref slot, null) is { } cipher)
            {
                return cipher;
            }
        }

        return new(_key, TagSize);
    }

    public void Return(AesGcm cipher)
    {
        foreach (ref var slot in _idle.AsSpan())
        {
            if (Interlocked.CompareExchange(ref slot, cipher, null) is null)
            {
                return;
            }
        }

        cipher.Dispose();
    }
}
