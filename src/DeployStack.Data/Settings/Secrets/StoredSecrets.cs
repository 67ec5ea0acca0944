namespace DeployStack.Data.Settings.Secrets;

/// <summary>Reads what any of the known formats wrote, and writes in one.</summary>
/// <param name="protector">Writes, and reads its own.</param>
/// <param name="readers">Read what others wrote.</param>
internal sealed class StoredSecrets(ISettingProtector protector, IReadOnlyList<ISettingCiphertextReader> readers)
{
    public ISettingProtector Protector => protector;

    /// <exception cref="SettingException">There is no key.</exception>
    public string Protect(string key, string plaintext) => protector.Protect(key, plaintext);

    /// <exception cref="SettingException">The text cannot be decrypted; it is unchanged.</exception>
    public string Unprotect(string key, string stored)
    {
        if (protector.IsProtected(stored))
        {
            return protector.Unprotect(key, stored);
        }

        foreach (var reader in readers)
        {
            if (reader.Recognises(stored))
            {
                return reader.Read(key, stored);
            }
        }

        throw new SettingException(DatabaseErrorKind.SecretUnreadable, key, $"The secret '{key}' stands in the database in a format that nobody here reads. It is unchanged. If DeployStack wrote it, add the package DeployStack.Data.Upstream and call AddUpstreamSecrets; if another ISettingProtector did, register that one; otherwise store the secret again.");
    }

    /// <summary>The plain text, or <see langword="null"/> where it cannot be decrypted.</summary>
    public string? TryUnprotect(string key, string stored)
    {
        try
        {
            return Unprotect(key, stored);
        }
        catch (SettingException) // the caller tells which
        {
            return null;
        }
    }

    /// <summary>Whether a stored text is the ciphertext of a text.</summary>
    public bool IsCiphertextOf(string key, string stored, string plaintext)
        => string.Equals(TryUnprotect(key, stored), plaintext, StringComparison.Ordinal);

    /// <summary>Whether two stored texts hold the same secret; what cannot be read is not known to.</summary>
    public bool HoldSame(string key, string one, string other)
        => string.Equals(one, other, StringComparison.Ordinal) || (TryUnprotect(key, one) is { } plaintext && IsCiphertextOf(key, other, plaintext));
}
