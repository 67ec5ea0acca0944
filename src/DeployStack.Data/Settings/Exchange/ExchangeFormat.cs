using System.Text.Json;

namespace DeployStack.Data.Settings.Exchange;

/// <summary>The names in the file.</summary>
internal static class ExchangeFormat
{
    public const string Format = "deploystack.settings";
    public const int Version = 1;
    public const string Derivation = "PBKDF2-SHA256";
    public const string Cipher = "AES-256-GCM";

    /// <summary>Deeper than the format ever is.</summary>
    public const int MaxDepth = 8;

    // encoded once for a hundred thousand settings
    public static readonly JsonEncodedText Key = JsonEncodedText.Encode("key");
    public static readonly JsonEncodedText Group = JsonEncodedText.Encode("group");
    public static readonly JsonEncodedText Type = JsonEncodedText.Encode("type");
    public static readonly JsonEncodedText Set = JsonEncodedText.Encode("set");
    public static readonly JsonEncodedText Value = JsonEncodedText.Encode("value");
    public static readonly JsonEncodedText Secret = JsonEncodedText.Encode("secret");
    public static readonly JsonEncodedText Encrypted = JsonEncodedText.Encode("encrypted");
    public static readonly JsonEncodedText RowVersion = JsonEncodedText.Encode("version");
}
