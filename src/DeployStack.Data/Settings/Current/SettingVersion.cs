using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace DeployStack.Data.Settings.Current;

/// <summary>The version of a setting: a fingerprint of what is stored, so that it sees every writer, also those that know
/// nothing of this library.</summary>
internal static class SettingVersion
{
    /// <summary>The version of a setting that has no row.</summary>
    public const string Absent = "none";

    private const int Bytes = 9; // twelve characters

    /// <param name="entry">The row, if there is one.</param>
    /// <param name="isSecret">Whether it is a secret, by the declaration or by the row.</param>
    public static string Of(SettingEntry? entry, bool isSecret)
    {
        if (entry is null)
        {
            return Absent;
        }

        // what stands there in plain text could be guessed from its fingerprint; ciphertext is new with each write
        return isSecret && entry is { IsEncrypted: false, IsSet: true }
            ? Hash(string.Create(CultureInfo.InvariantCulture, $"01{entry.UpdatedAt}"))
            : entry.Fingerprint;
    }

    /// <summary>The version of a row whose text may be told from it.</summary>
    public static string FingerprintOf(bool isEncrypted, string text) => Hash($"{(isEncrypted ? '1' : '0')}0{text}");

    private static string Hash(string content)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(content), hash);
        return Base64Url.EncodeToString(hash[..Bytes]);
    }
}
