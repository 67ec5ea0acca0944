using System.Buffers;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace DeployStack.Data.Settings.Secrets.Keys;

/// <summary>Keys from pass phrases. Slow on purpose, hence derived once per process and pass phrase.</summary>
internal static class PassPhrase
{
    public const int MinLength = 16;
    private const int Iterations = 600_000;

    /// <summary>By the hash of the pass phrase.</summary>
    private static readonly ConcurrentDictionary<string, Lazy<SecretKey>> _derived = new(StringComparer.Ordinal);

    /// <param name="secret">All of its characters count.</param>
    /// <param name="name">What the error calls it.</param>
    public static SecretKey Derive(string secret, string name)
    {
        ArgumentNullException.ThrowIfNull(secret);
        if (secret.AsSpan().Trim().Length < MinLength)
        {
            throw SecretErrors.OfKeys($"{name} is shorter than {MinLength} characters. Choose a long random one, for example what 'openssl rand -base64 32' prints.");
        }

        if (!IsText(secret))
        {
            throw SecretErrors.OfKeys($"{name} holds half a surrogate pair, which is no text. Encode bytes as base64.");
        }

        using var bytes = new SecretBuffer(stackalloc byte[SecretBuffer.OnStack], Encoding.UTF8.GetByteCount(secret));
        Encoding.UTF8.GetBytes(secret, bytes.Span);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes.Span, hash);
        return _derived.GetOrAdd(Convert.ToHexString(hash), static (_, secret) => new(() => Derive(secret)), secret).Value;
    }

    // the encoder's own error holds a character of the pass phrase
    private static bool IsText(ReadOnlySpan<char> secret)
    {
        while (Rune.DecodeFromUtf16(secret, out _, out var length) == OperationStatus.Done)
        {
            secret = secret[length..];
        }

        return secret.IsEmpty;
    }

    private static SecretKey Derive(string secret)
    {
        Span<byte> master = stackalloc byte[SecretKey.Size];
        try
        {
            Rfc2898DeriveBytes.Pbkdf2(secret, "ds.secret.v1 pass phrase"u8, master, Iterations, HashAlgorithmName.SHA256);
            return SecretKey.From(master);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(master);
        }
    }
}
