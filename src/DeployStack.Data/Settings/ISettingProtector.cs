namespace DeployStack.Data.Settings;

/// <summary>Encrypts and decrypts the values of secret settings.</summary>
/// <remarks>Thread-safe, and for the life of the process. <c>AddSettingSecrets</c> registers the library's own, AES-256-GCM
/// under the keys of <see cref="SettingSecretsOptions"/>; <c>AddSettingProtector</c> registers the application's.</remarks>
public interface ISettingProtector
{
    /// <summary>The id of the key that new values are encrypted under; <see langword="null"/> where there is no key.</summary>
    /// <remarks>The first use may take a fraction of a second, where the key is derived from a pass phrase.</remarks>
    /// <exception cref="SettingException">The keys cannot be read.</exception>
    string? CurrentKeyId { get; }

    /// <summary>Encrypts a value under the current key.</summary>
    /// <param name="key">The setting's key. It is bound in: the result can be decrypted for this setting alone.</param>
    /// <param name="plaintext">The value; empty is a value like any other.</param>
    /// <returns>The text to store, another one at each call.</returns>
    /// <exception cref="SettingException">There is no key, or the keys cannot be read
    /// (<see cref="DatabaseErrorKind.SecretUnreadable"/>); the text holds half a surrogate pair
    /// (<see cref="DatabaseErrorKind.InvalidParameter"/>).</exception>
    string Protect(string key, string plaintext);

    /// <summary>Decrypts what <see cref="Protect"/> made.</summary>
    /// <param name="key">The setting's key.</param>
    /// <param name="ciphertext">The stored text.</param>
    /// <returns>The whole value; never a part of it.</returns>
    /// <exception cref="SettingException"><see cref="DatabaseErrorKind.SecretUnreadable"/>: the text is not in this
    /// protector's format, its key is not at hand, or it was altered, shortened or moved from another setting.</exception>
    string Unprotect(string key, string ciphertext);

    /// <summary>Whether a text begins as this protector's texts do. Cheap: nothing is decrypted, no key is read.</summary>
    /// <param name="stored">The stored text.</param>
    bool IsProtected(string stored);

    /// <summary>The id of the key that a text says it was encrypted under. Cheap: no key is read.</summary>
    /// <param name="ciphertext">The stored text.</param>
    /// <returns><see langword="null"/> where the text is not in this protector's format.</returns>
    string? KeyIdOf(string ciphertext);

    /// <summary>Whether a key is at hand, current or earlier.</summary>
    /// <param name="keyId">Its id.</param>
    /// <exception cref="SettingException">The keys cannot be read.</exception>
    bool HasKey(string keyId);
}
