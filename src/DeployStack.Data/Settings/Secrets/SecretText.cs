using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace DeployStack.Data.Settings.Secrets;

/// <summary>The stored form of a secret: <c>ds1:&lt;key id&gt;:&lt;base64url of nonce, tag and ciphertext&gt;</c>.</summary>
internal static class SecretText
{
    private const string Prefix = "ds1:";
    private const int NonceSize = 12;
    private const int Overhead = NonceSize + CipherPool.TagSize;
    private const int PayloadStart = 13; // behind the prefix, the id and its colon

    private static readonly UTF8Encoding _utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private static readonly SearchValues<char> _alphabet = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    public static bool HasPrefix(string text) => text.StartsWith(Prefix, StringComparison.Ordinal);

    /// <summary>The id in the text; <see langword="null"/> where it does not stand in its place.</summary>
    public static string? KeyIdOf(string text)
        => HasPrefix(text) && text.Length >= PayloadStart && text[PayloadStart - 1] == ':' && SecretKey.IsId(text.AsSpan(Prefix.Length, SecretKey.IdLength))
            ? text.Substring(Prefix.Length, SecretKey.IdLength)
            : null;

    public static string Encrypt(SecretKey key, string setting, string plaintext)
    {
        using var plain = new SecretBuffer(stackalloc byte[SecretBuffer.OnStack], CountBytes(setting, plaintext));
        _utf8.GetBytes(plaintext, plain.Span);
        using var payload = new SecretBuffer(stackalloc byte[SecretBuffer.OnStack], Overhead + plain.Span.Length);
        var nonce = payload.Span[..NonceSize];
        RandomNumberGenerator.Fill(nonce);
        key.Encrypt(nonce, plain.Span, payload.Span[Overhead..], payload.Span[NonceSize..Overhead], AssociatedData(key.Id, setting, stackalloc byte[SecretBuffer.OnStack]));
        return string.Create(PayloadStart + Base64Url.GetEncodedLength(payload.Span.Length), new Parts(key.Id, payload.Span), static (text, parts) =>
        {
            Prefix.CopyTo(text);
            parts.Id.CopyTo(text[Prefix.Length..]);
            text[PayloadStart - 1] = ':';
            Base64Url.EncodeToChars(parts.Payload, text[PayloadStart..]);
        });
    }

    /// <summary>Decrypts a text whose <see cref="KeyIdOf"/> is the key's.</summary>
    public static string Decrypt(SecretKey key, string setting, string text)
    {
        var encoded = text.AsSpan(PayloadStart);
        var length = (int)((long)encoded.Length * 3 / 4);
        if (encoded.Length % 4 == 1 || length < Overhead)
        {
            throw SecretErrors.CutShort(setting);
        }

        using var payload = new SecretBuffer(stackalloc byte[SecretBuffer.OnStack], length);
        if (!TryDecode(encoded, payload.Span))
        {
            throw SecretErrors.Damaged(setting);
        }

        using var plain = new SecretBuffer(stackalloc byte[SecretBuffer.OnStack], length - Overhead);
        try
        {
            key.Decrypt(payload.Span[..NonceSize], payload.Span[Overhead..], payload.Span[NonceSize..Overhead], plain.Span, AssociatedData(key.Id, setting, stackalloc byte[SecretBuffer.OnStack]));
        }
        catch (AuthenticationTagMismatchException exception)
        {
            throw SecretErrors.NotAuthentic(setting, key.Id, exception);
        }

        return _utf8.GetString(plain.Span);
    }

    private static int CountBytes(string setting, string plaintext)
    {
        try
        {
            return _utf8.GetByteCount(plaintext);
        }
        catch (EncoderFallbackException) // its message holds a character of the value
        {
            throw SecretErrors.NoText(setting);
        }
    }

    /// <summary>Only what <see cref="Encrypt"/> writes: no white space, no padding, no bits left over.</summary>
    private static bool TryDecode(ReadOnlySpan<char> encoded, Span<byte> payload)
    {
        if (encoded.ContainsAnyExcept(_alphabet) || Base64Url.DecodeFromChars(encoded, payload, out _, out var written) != OperationStatus.Done || written != payload.Length)
        {
            return false;
        }

        Span<char> tail = stackalloc char[4];
        tail = tail[..Base64Url.EncodeToChars(payload[^(payload.Length % 3)..], tail)];
        return encoded.EndsWith(tail, StringComparison.Ordinal);
    }

    /// <summary>The setting comes last: no other id and setting give the same bytes.</summary>
    private static ReadOnlySpan<byte> AssociatedData(string id, string setting, Span<byte> buffer)
    {
        var head = "ds.secret.v1|"u8;
        var length = head.Length + id.Length + 1 + _utf8.GetByteCount(setting);
        buffer = length <= buffer.Length ? buffer[..length] : new byte[length];
        head.CopyTo(buffer);
        var at = head.Length + _utf8.GetBytes(id, buffer[head.Length..]);
        buffer[at++] = (byte)'|';
        _utf8.GetBytes(setting, buffer[at..]);
        return buffer;
    }

    private readonly ref struct Parts(string id, ReadOnlySpan<byte> payload)
    {
        public string Id { get; } = id;

        public ReadOnlySpan<byte> Payload { get; } = payload;
    }
}
