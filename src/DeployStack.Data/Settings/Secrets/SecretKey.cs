using System.Buffers;
using System.Diagnostics;
using System.Security.Cryptography;

namespace DeployStack.Data.Settings.Secrets;

/// <summary>One key with its id; both are derived from the same 32 bytes, which are not kept.</summary>
/// <remarks>Random nonces of 12 bytes allow 2^32 encryptions under one key (NIST SP 800-38D); a write per millisecond
/// reaches that after 49 days without a pause, and settings are not written so.</remarks>
[DebuggerDisplay("{Id,nq}")]
internal sealed class SecretKey
{
    public const int Size = 32;
    public const int IdLength = 8;

    private static readonly SearchValues<char> _hex = SearchValues.Create("0123456789abcdef");

    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly CipherPool _ciphers;

    private SecretKey(string id, byte[] key)
    {
        Id = id;
        _ciphers = new(key);
    }

    /// <summary>8 lower-case hexadecimal digits.</summary>
    public string Id { get; }

    /// <param name="master">32 random bytes; the caller zeroes them.</param>
    public static SecretKey From(ReadOnlySpan<byte> master)
    {
        Span<byte> id = stackalloc byte[IdLength / 2];
        HKDF.Expand(HashAlgorithmName.SHA256, master, id, "ds.secret.v1 key id"u8);
        var key = GC.AllocateArray<byte>(Size, pinned: true); // never copied by the collector
        HKDF.Expand(HashAlgorithmName.SHA256, master, key, "ds.secret.v1 encryption"u8);
        return new(Convert.ToHexStringLower(id), key);
    }

    public static bool IsId(ReadOnlySpan<char> text) => text.Length == IdLength && !text.ContainsAnyExcept(_hex);

    public void Encrypt(ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> plaintext, Span<byte> ciphertext, Span<byte> tag, ReadOnlySpan<byte> associated)
    {
        var cipher = _ciphers.Rent();
        try
        {
            cipher.Encrypt(nonce, plaintext, ciphertext, tag, associated);
        }
        finally
        {
            _ciphers.Return(cipher);
        }
    }

    /// <exception cref="AuthenticationTagMismatchException">Not exactly what was encrypted; nothing was written.</exception>
    public void Decrypt(ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> ciphertext, ReadOnlySpan<byte> tag, Span<byte> plaintext, ReadOnlySpan<byte> associated)
    {
        var cipher = _ciphers.Rent();
        try
        {
            cipher.Decrypt(nonce, ciphertext, tag, plaintext, associated);
        }
        finally
        {
            _ciphers.Return(cipher);
        }
    }

    public override string ToString() => Id;
}
