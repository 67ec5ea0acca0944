namespace DeployStack.Data.Settings;

/// <summary>Where the keys of secret settings come from.</summary>
/// <remarks>The order is <see cref="Keys"/>, <see cref="KeyFile"/>, the environment. The first one that is set encrypts; all
/// decrypt, so that one can move from one to the next. A source that is set and cannot be used is an error, never a reason
/// to take the next. Nothing is read before the first secret is. Without any key, secrets cannot be set.</remarks>
public sealed class SettingSecretsOptions
{
    /// <summary>The environment variable with the pass phrase, at least 16 characters.</summary>
    public const string SecretVariable = "DEPLOYSTACK_ENCRYPTION_SECRET";

    /// <summary>The environment variable with the pass phrase before. One variable holds one pass phrase, whatever its
    /// characters; more of them go into variables of this name with <c>_2</c> to <c>_9</c> behind it.</summary>
    public const string PreviousSecretVariable = SecretVariable + "_PREVIOUS";

    /// <summary>Gives the keys, from a vault for example; <see langword="null"/>, the default, for none.</summary>
    /// <remarks>Called when the first secret is read or written, once; again only where it threw.</remarks>
    public Func<SettingKeyRing>? Keys { get; set; }

    /// <summary>The path of a key file; see <see cref="SettingKeyFile"/>. None by default.</summary>
    /// <remarks>Read when the first secret is read or written, and again when it changed.</remarks>
    public string? KeyFile { get; set; }

    /// <summary>Whether the environment variables are read; true by default. A variable that is empty counts as unset.</summary>
    public bool UseEnvironment { get; set; } = true;
}
