#pragma warning disable MA0048 // stub
namespace DeployStack.Data.Settings;
/// <summary>x</summary>
public interface ISettingProtector
{
    /// <summary>x</summary>
    string? CurrentKeyId { get; }
    /// <summary>x</summary>
    string Protect(string key, string plaintext);
    /// <summary>x</summary>
    string Unprotect(string key, string ciphertext);
    /// <summary>x</summary>
    bool IsProtected(string stored);
    /// <summary>x</summary>
    string? KeyIdOf(string ciphertext);
    /// <summary>x</summary>
    bool HasKey(string keyId);
}
/// <summary>x</summary>
public interface ISettingCiphertextReader
{
    /// <summary>x</summary>
    bool Recognises(string stored);
    /// <summary>x</summary>
    string Read(string key, string stored);
}
#pragma warning disable MA0048 // stub
internal sealed class SettingProtector : ISettingProtector
{
    public static ISettingProtector FromEnvironment() => new SettingProtector();
    public string? CurrentKeyId => null;
    public string Protect(string key, string plaintext) => throw new SettingException(DatabaseErrorKind.SecretUnreadable, key, $"The secret '{key}' no key.");
    public string Unprotect(string key, string ciphertext) => throw new SettingException(DatabaseErrorKind.SecretUnreadable, key, "no");
    public bool IsProtected(string stored) => false;
    public string? KeyIdOf(string ciphertext) => null;
    public bool HasKey(string keyId) => false;
}
