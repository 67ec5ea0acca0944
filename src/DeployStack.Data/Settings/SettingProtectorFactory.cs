using DeployStack.Data.Settings.Secrets;
using DeployStack.Data.Settings.Secrets.Keys;

namespace DeployStack.Data.Settings;

/// <summary>Makes a protector where there is no container: in tests, in tools.</summary>
public static class SettingProtectorFactory
{
    /// <summary>Makes the library's own protector: AES-256-GCM under the given keys.</summary>
    /// <param name="options">Where the keys come from; copied. Nothing is read yet.</param>
    public static ISettingProtector Create(SettingSecretsOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new AesGcmProtector(KeyChain.Of(options, Environment.GetEnvironmentVariable));
    }
}
