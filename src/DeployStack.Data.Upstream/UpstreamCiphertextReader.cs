using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using DeployStack.Data.Settings;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Generators;
using Org.BouncyCastle.Crypto.Modes;
using Org.BouncyCastle.Crypto.Parameters;

namespace DeployStack.Data.Upstream;

/// <summary>Reads what DeployStack encrypted: secret settings, cloud credentials and secrets of MCP servers, all in one form,
/// lower-case hexadecimal <c>iv:tag:data</c>.</summary>
/// <remarks><para>Thread-safe. AES-256-GCM with an IV of 16 bytes; the key comes from the pass phrase by scrypt, 16 MiB and
/// some 0.1 s, once for each reader and when the first text is read.</para>
/// <para>DeployStack binds no ciphertext to its row: one that was moved from another setting is not told from the right one.
/// That ends when the value is written anew. Where DeployStack ran without a pass phrase it used a published one, which this
/// reader never tries.</para></remarks>
public sealed class UpstreamCiphertextReader : ISettingCiphertextReader
{
    private const int IvSize = 16;
    private const int TagSize = 16;
    private const int DataStart = ((IvSize + TagSize) * 2) + 2;

    private static readonly UTF8Encoding _utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private static readonly SearchValues<char> _hex = SearchValues.Create("0123456789abcdef");

    private readonly Func<string?> _secret;
    private readonly Lock _gate = new();
    private volatile KeyParameter? _key;

    /// <summary>Takes the pass phrase from the environment variable <c>DEPLOYSTACK_ENCRYPTION_SECRET</c>, as DeployStack
    /// does, when the first text is read.</summary>
    public UpstreamCiphertextReader()
        : this(static () => Environment.GetEnvironmentVariable(SettingSecretsOptions.SecretVariable))
    {
    }

    /// <summary>Takes the pass phrase from the caller.</summary>
    /// <param name="secret">Asked when the first text is read, and again only where it gave none.</param>
    public UpstreamCiphertextReader(Func<string?> secret)
    {
        ArgumentNullException.ThrowIfNull(secret);
        _secret = secret;
    }

    /// <inheritdoc/>
    /// <remarks>By the rule of DeployStack: three parts, the first two 32 characters long. So text that was damaged is
    /// mostly recognised, and reading it tells what is wrong.</remarks>
    public bool Recognises(string stored)
    {
        ArgumentNullException.ThrowIfNull(stored);
        return stored.Length >= DataStart && stored.AsSpan().Count(':') == 2 && stored[IvSize * 2] == ':' && stored[DataStart - 1] == ':';
    }

    /// <inheritdoc/>
    public string Read(string key, string stored)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        return Decrypt(stored, key, $"secret '{key}'");
    }

    /// <summary>Decrypts a text that belongs to no setting: a cloud credential, for example.</summary>
    /// <param name="stored">The stored text.</param>
    /// <returns>The whole value; never a part of it.</returns>
    /// <exception cref="SettingException">As for <see cref="Read"/>, without a key.</exception>
    public string Decrypt(string stored) => Decrypt(stored, string.Empty, "text");

    private string Decrypt(string stored, string setting, string what)
    {
        ArgumentNullException.ThrowIfNull(stored);
        if (!Recognises(stored) || stored.Length % 2 != 0
            || stored.AsSpan(0, IvSize * 2).ContainsAnyExcept(_hex) || stored.AsSpan(DataStart - 1 - (TagSize * 2), TagSize * 2).ContainsAnyExcept(_hex) || stored.AsSpan(DataStart).ContainsAnyExcept(_hex))
        {
            throw Error(setting, $"The stored form of the {what} is not DeployStack's 'iv:tag:data' in lower-case hexadecimal: it was altered, cut short, or is something else. It is unchanged. Restore it from a backup, or store the value anew.");
        }

        var cipher = new GcmBlockCipher(Org.BouncyCastle.Crypto.AesUtilities.CreateEngine()); // holds the state of one decryption
        cipher.Init(forEncryption: false, new AeadParameters(Key(setting, what), TagSize * 8, Convert.FromHexString(stored.AsSpan(0, IvSize * 2)), "deploystack-global-settings"u8.ToArray()));
        var data = Convert.FromHexString(stored.AsSpan(DataStart));
        byte[] input = [.. data, .. Convert.FromHexString(stored.AsSpan(DataStart - 1 - (TagSize * 2), TagSize * 2))];
        var plain = new byte[cipher.GetOutputSize(input.Length)];
        try
        {
            var written = cipher.ProcessBytes(input, 0, input.Length, plain, 0);
            written += cipher.DoFinal(plain, written);
            return _utf8.GetString(plain, 0, written);
        }
        catch (InvalidCipherTextException exception)
        {
            throw Error(setting, $"The {what} cannot be decrypted: {SettingSecretsOptions.SecretVariable} is not the pass phrase that DeployStack encrypted it with, or the stored form was altered or cut short. It is unchanged, and nothing of it is used. Set the right pass phrase; if there was none, store the value anew.", exception);
        }
        catch (DecoderFallbackException) // authentic bytes that are no text; the exception's message holds some of them
        {
            throw Error(setting, $"The {what} was decrypted and is no UTF-8 text, which DeployStack never writes. The stored form is unchanged. Store the value anew.");
        }
        finally
        {
            CryptographicOperations.ZeroMemory(plain);
        }
    }

    private KeyParameter Key(string setting, string what)
    {
        if (_key is { } key)
        {
            return key;
        }

        lock (_gate)
        {
            return _key ??= Derive(_secret() is { Length: > 0 } secret ? secret
                : throw Error(setting, $"The {what} was encrypted by DeployStack, and the environment variable {SettingSecretsOptions.SecretVariable} is not set. The stored form is unchanged. Set it to the pass phrase that DeployStack used, or hand that to AddUpstreamSecrets."));
        }
    }

    private static KeyParameter Derive(string secret)
    {
        var bytes = Encoding.UTF8.GetBytes(secret);
        var key = SCrypt.Generate(bytes, "deploystack-global-settings-salt"u8.ToArray(), 16384, 8, 1, 32);
        try
        {
            return new(key);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
            CryptographicOperations.ZeroMemory(bytes);
        }
    }

    private static SettingException Error(string setting, string message, Exception? exception = null)
        => new(DatabaseErrorKind.SecretUnreadable, setting, message, exception);
}
