using DeployStack.Data.Settings.Secrets.Keys;

namespace DeployStack.Data.Settings.Secrets;

/// <summary>AES-256-GCM with a random nonce of 12 bytes and a tag of 16; the id of the key and the setting's key are
/// associated data.</summary>
internal sealed class AesGcmProtector(KeyChain keys) : ISettingProtector
{
    public string? CurrentKeyId => keys.Current()?.Id;

    public string Protect(string key, string plaintext)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        ArgumentNullException.ThrowIfNull(plaintext);
        SecretKey? current;
        try
        {
            current = keys.Current();
        }
        catch (SettingException error) when (error.Key.Length == 0)
        {
            throw SecretErrors.For(key, "encrypted, and nothing was stored", error);
        }

        return SecretText.Encrypt(current ?? throw SecretErrors.NoKey(key), key, plaintext);
    }

    public string Unprotect(string key, string ciphertext)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        ArgumentNullException.ThrowIfNull(ciphertext);
        if (SecretText.KeyIdOf(ciphertext) is not { } id)
        {
            throw SecretErrors.NotProtected(key);
        }

        SecretKey? found;
        string? current;
        try
        {
            found = keys.Find(id);
            current = found is null ? keys.Current()?.Id : id;
        }
        catch (SettingException error) when (error.Key.Length == 0)
        {
            throw SecretErrors.For(key, $"decrypted with the key {id}; the stored text is unchanged", error);
        }

        return SecretText.Decrypt(found ?? throw SecretErrors.UnknownKey(key, id, current), key, ciphertext);
    }

    public bool IsProtected(string stored)
    {
        ArgumentNullException.ThrowIfNull(stored);
        return SecretText.HasPrefix(stored);
    }

    public string? KeyIdOf(string ciphertext)
    {
        ArgumentNullException.ThrowIfNull(ciphertext);
        return SecretText.KeyIdOf(ciphertext);
    }

    public bool HasKey(string keyId)
    {
        ArgumentNullException.ThrowIfNull(keyId);
        return SecretKey.IsId(keyId) && keys.Find(keyId) is not null;
    }
}
