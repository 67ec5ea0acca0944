using System.Security.Cryptography;
using DeployStack.Data.Settings;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;

namespace DeployStack.Data.Snippets;

/// <summary>The adapter of docs/features/settings.md.</summary>
public static class DataProtectionSnippets
{
    // snippet: secrets-data-protection
    public sealed class DataProtectionProtector(IDataProtectionProvider provider) : ISettingProtector
    {
        private const string Prefix = "dp1:";

        public string? CurrentKeyId => "data-protection"; // it chooses among its keys by itself

        public string Protect(string key, string plaintext) => Prefix + For(key).Protect(plaintext);

        public string Unprotect(string key, string ciphertext)
        {
            try
            {
                return For(key).Unprotect(ciphertext[Prefix.Length..]);
            }
            catch (CryptographicException error)
            {
                throw new SettingException(DatabaseErrorKind.SecretUnreadable, key, $"The secret '{key}' cannot be decrypted by Data Protection; it is unchanged.", error);
            }
        }

        public bool IsProtected(string stored) => stored.StartsWith(Prefix, StringComparison.Ordinal);

        public string? KeyIdOf(string ciphertext) => IsProtected(ciphertext) ? CurrentKeyId : null;

        public bool HasKey(string keyId) => keyId == CurrentKeyId;

        // the purpose binds a value to its setting
        private IDataProtector For(string key) => provider.CreateProtector("DeployStack.Data.Settings", key);
    }
    // end snippet

    public static void Register(IDeployStackDataBuilder database)
    {
        // snippet: secrets-data-protection-register
        database.AddSettingProtector(services => new DataProtectionProtector(services.GetRequiredService<IDataProtectionProvider>()));
        // end snippet
    }
}
