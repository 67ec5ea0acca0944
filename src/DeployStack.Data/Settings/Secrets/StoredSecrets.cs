namespace DeployStack.Data.Settings.Secrets;

/// <summary>Reads what any of the known formats wrote, and writes in one.</summary>
/// <param name="protector">Writes, and reads its own.</param>
/// <param name="readers">Read what others wrote.</param>
internal sealed class StoredSecrets(ISettingProtector protector, IReadOnlyList<ISettingCiphertextReader> readers)
{
    public ISettingProtector Protector => protector;

    /// <exception cref="SettingException">There is no key.</exception>
    public string Protect(string key, string plaintext)
    {
        try
        {
            return protector.Protect(key, plaintext);
        }
        catch (Exception error) when (IsForeign(error)) // of an application's own protector
        {
            throw Failed(key, "encrypt", protector, error);
        }
    }

    /// <exception cref="SettingException">The text cannot be decrypted; it is unchanged.</exception>
    public string Unprotect(string key, string stored)
    {
        object by = protector;
        try
        {
            if (protector.IsProtected(stored))
            {
                return protector.Unprotect(key, stored);
            }

            foreach (var reader in readers)
            {
                by = reader;
                if (reader.Recognises(stored))
                {
                    return reader.Read(key, stored);
                }
            }
        }
        catch (Exception error) when (IsForeign(error)) // of an application's own protector or reader
        {
            throw Failed(key, "decrypt", by, error);
        }

        throw new SettingException(DatabaseErrorKind.SecretUnreadable, key, $"The secret '{key}' stands in the database in a format that nobody here reads. It is unchanged. If DeployStack wrote it, add the package DeployStack.Data.Upstream and call AddUpstreamSecrets; if another ISettingProtector did, register that one; otherwise store the secret again.");
    }

    /// <summary>Whether a text has the form of a ciphertext, whatever the mark of its row says. A declared secret that reads
    /// so has lost its mark: given out as it stands it would be sent for the secret, or be encrypted a second time.</summary>
    public bool IsCiphertext(string stored) => protector.KeyIdOf(stored) is not null || readers.Any(reader => reader.Recognises(stored));

    private static bool IsForeign(Exception error) => error is not (SettingException or OperationCanceledException);

    private static SettingException Failed(string key, string verb, object by, Exception error)
        => new(DatabaseErrorKind.SecretUnreadable, key, $"The {by.GetType().Name} of the application could not {verb} the secret '{key}' ({error.GetType().Name}). What is stored is unchanged.", error);

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
