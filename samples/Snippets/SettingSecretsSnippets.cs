using DeployStack.Data.Settings;

namespace DeployStack.Data.Snippets;

/// <summary>The code of the section on secrets in docs/features/settings.md.</summary>
public static class SettingSecretsSnippets
{
    public static void Register(IDeployStackDataBuilder database, Func<byte[]> fromVault)
    {
        // snippet: secrets-register
        database.AddSettingSecrets();                                                            // DEPLOYSTACK_ENCRYPTION_SECRET
        database.AddSettingSecrets(secrets => secrets.KeyFile = "/etc/app/secrets.key");         // or a key file
        database.AddSettingSecrets(secrets => secrets.Keys = () => SettingKeyRing.FromKeys(fromVault())); // or 32 bytes from a vault
        database.AddUpstreamSecrets();                                                           // and read what DeployStack encrypted
        // end snippet
    }

    public static void MakeKeys(string path)
    {
        // snippet: secrets-key-file
        if (!File.Exists(path))
        {
            SettingKeyFile.Create(path); // 0600; never where the database and its backups are
        }

        string newId = SettingKeyFile.AddKey(path); // encrypts from now on, the earlier key still decrypts
        Console.WriteLine($"new secrets are encrypted under {newId}");
        // end snippet
    }
}
