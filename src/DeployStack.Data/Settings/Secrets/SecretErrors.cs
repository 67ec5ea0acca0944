using System.Security.Cryptography;

namespace DeployStack.Data.Settings.Secrets;

/// <summary>The errors of secrets. They name settings, files, lines and ids of keys; never a value, never a key.</summary>
internal static class SecretErrors
{
    private const string WaysOut = $"Set the environment variable {SettingSecretsOptions.SecretVariable} (at least 16 characters), or name a key file in {nameof(SettingSecretsOptions)}.{nameof(SettingSecretsOptions.KeyFile)} ({nameof(SettingKeyFile)}.{nameof(SettingKeyFile.Create)} makes one), or register an {nameof(ISettingProtector)} with AddSettingProtector.";

    public static SettingException NoKey(string setting)
        => Of(setting, $"The secret '{setting}' cannot be encrypted, because there is no encryption key; nothing was stored. {WaysOut}");

    public static SettingException UnknownKey(string setting, string id, string? current)
        => Of(setting, current is null
            ? $"The secret '{setting}' cannot be decrypted: it was encrypted under the key {id}, and there is no encryption key at all. The stored text is unchanged. {WaysOut} It must be that key."
            : $"The secret '{setting}' cannot be decrypted: it was encrypted under the key {id}, which is not among the keys at hand (the current one is {current}). The stored text is unchanged. Provide that key as an earlier one: a further line of the key file, or the pass phrase in {SettingSecretsOptions.PreviousSecretVariable}.");

    public static SettingException NotProtected(string setting)
        => Of(setting, $"The stored text of the secret '{setting}' is not in the form 'ds1:<key id>:<ciphertext>': it is plain text, was made by another program, or was altered. It is unchanged. Restore it from a backup, or store the value anew.");

    public static SettingException CutShort(string setting)
        => Of(setting, $"The stored text of the secret '{setting}' was cut short. What is left is unchanged, and nothing of it is used. Restore it from a backup, or store the value anew.");

    public static SettingException Damaged(string setting)
        => Of(setting, $"The stored text of the secret '{setting}' is damaged: it is no base64url. It is unchanged. Restore it from a backup, or store the value anew.");

    public static SettingException NotAuthentic(string setting, string id, AuthenticationTagMismatchException exception)
        => Of(setting, $"The stored text of the secret '{setting}' is not what was encrypted for it under the key {id}: it was altered, cut short, or moved here from another setting. It is unchanged, and nothing of it is used. Restore it from a backup, or store the value anew.", exception);

    public static SettingException NoText(string setting)
        => new(DatabaseErrorKind.InvalidParameter, setting, $"The value for the secret '{setting}' holds half a surrogate pair, which is no text and would be lost; nothing was stored. Encode bytes as base64.");

    /// <summary>An error of the keys themselves, without a setting.</summary>
    public static SettingException OfKeys(string message, Exception? exception = null, DatabaseErrorKind kind = DatabaseErrorKind.SecretUnreadable)
        => new(kind, string.Empty, message, exception);

    /// <summary>An error of the keys, met on behalf of a setting.</summary>
    public static SettingException For(string setting, string verb, SettingException error)
        => new(error.Kind, setting, $"The secret '{setting}' cannot be {verb}. {error.Message}", error);

    private static SettingException Of(string setting, string message, Exception? exception = null)
        => new(DatabaseErrorKind.SecretUnreadable, setting, message, exception);
}
