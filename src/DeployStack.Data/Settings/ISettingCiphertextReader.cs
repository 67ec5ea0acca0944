namespace DeployStack.Data.Settings;

/// <summary>Decrypts secrets that another program encrypted. What it reads is encrypted anew by
/// <see cref="ISettingProtector"/> at the next write.</summary>
/// <remarks>Thread-safe. Registered keyed by the name of the database; there may be several, asked in their order.</remarks>
public interface ISettingCiphertextReader
{
    /// <summary>Whether a text has the outer shape of this format. Cheap: nothing is decrypted, no key is read.</summary>
    /// <param name="stored">The stored text.</param>
    bool Recognises(string stored);

    /// <summary>Decrypts a text.</summary>
    /// <param name="key">The setting's key, for the error's message.</param>
    /// <param name="stored">The stored text.</param>
    /// <returns>The whole value; never a part of it.</returns>
    /// <exception cref="SettingException"><see cref="DatabaseErrorKind.SecretUnreadable"/>: there is no key, it is the
    /// wrong one, or the text was altered or shortened.</exception>
    string Read(string key, string stored);
}
