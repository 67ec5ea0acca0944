using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace DeployStack.Data.Settings.Exchange;

/// <summary>Encrypts the secrets of one file under its pass phrase: nonce, ciphertext and tag, in Base64Url.</summary>
/// <remarks>What a text belongs to is bound in: the format and the setting's key. Not thread-safe.</remarks>
internal sealed class ExchangeCipher : IDisposable
{
    private const int KeySize = 32;
    private const int NonceSize = 12;
    private const int TagSize = 16;
    private const string CheckText = ExchangeFormat.Format;

    private static readonly UTF8Encoding _utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly AesGcm _aes;

    private ExchangeCipher(string passPhrase, byte[] salt, int iterations)
    {
        var phrase = Encoding.UTF8.GetBytes(passPhrase);
        var key = Rfc2898DeriveBytes.Pbkdf2(phrase, salt, iterations, HashAlgorithmName.SHA256, KeySize);
        try
        {
            _aes = new(key, TagSize);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(phrase);
            CryptographicOperations.ZeroMemory(key);
        }
    }

    /// <summary>Begins a file; takes a fraction of a second.</summary>
    public static (ExchangeCipher Cipher, ExchangeSecrets Header) Create(string passPhrase)
    {
        var salt = RandomNumberGenerator.GetBytes(ExchangeSecrets.SaltSize);
        var cipher = new ExchangeCipher(passPhrase, salt, ExchangeSecrets.FewestIterations);
        return (cipher, new(ExchangeSecrets.FewestIterations, salt, cipher.Encrypt("check", string.Empty, CheckText)));
    }

    /// <summary>Opens a file; takes a fraction of a second.</summary>
    /// <exception cref="SettingException">The pass phrase is another one.</exception>
    public static ExchangeCipher Open(string passPhrase, ExchangeSecrets header)
    {
        var cipher = new ExchangeCipher(passPhrase, header.Salt, header.Iterations);
        if (cipher.TryDecrypt("check", string.Empty, header.Check) is CheckText)
        {
            return cipher;
        }

        cipher.Dispose();
        throw new SettingException(DatabaseErrorKind.SecretUnreadable, string.Empty, "The pass phrase is not the one of the export, or the file's part 'secrets' was altered. Nothing was written. Give the right one, or none to leave secrets as they are.");
    }

    public string Encrypt(string key, string plaintext) => Encrypt("secret", key, plaintext);

    /// <summary>The value, or <see langword="null"/> where the text was altered or belongs to another setting or file.</summary>
    public string? TryDecrypt(string key, string encrypted) => TryDecrypt("secret", key, encrypted);

    public void Dispose() => _aes.Dispose();

    // no key has a zero in it, so no two uses look alike
    private static byte[] Bound(string use, string key) => Encoding.UTF8.GetBytes($"{ExchangeFormat.Format}/1\0{use}\0{key}");

    private string Encrypt(string use, string key, string plaintext)
    {
        var text = _utf8.GetBytes(plaintext);
        var bytes = new byte[NonceSize + text.Length + TagSize];
        var nonce = bytes.AsSpan(0, NonceSize);
        RandomNumberGenerator.Fill(nonce);
        _aes.Encrypt(nonce, text, bytes.AsSpan(NonceSize, text.Length), bytes.AsSpan(NonceSize + text.Length), Bound(use, key));
        CryptographicOperations.ZeroMemory(text);
        return Base64Url.EncodeToString(bytes);
    }

    private string? TryDecrypt(string use, string key, string encrypted)
    {
        if (!Base64Url.IsValid(encrypted, out var length) || length < NonceSize + TagSize)
        {
            return null;
        }

        var bytes = Base64Url.DecodeFromChars(encrypted);
        var text = new byte[length - NonceSize - TagSize];
        try
        {
            _aes.Decrypt(bytes.AsSpan(0, NonceSize), bytes.AsSpan(NonceSize, text.Length), bytes.AsSpan(NonceSize + text.Length), text, Bound(use, key));
            return _utf8.GetString(text);
        }
        catch (Exception error) when (error is AuthenticationTagMismatchException or DecoderFallbackException) // the caller tells which setting
        {
            return null;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(text);
        }
    }
}
