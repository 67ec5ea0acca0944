using System.Diagnostics;
using DeployStack.Data.Settings.Secrets;
using DeployStack.Data.Settings.Secrets.Keys;

namespace DeployStack.Data.Settings;

/// <summary>The keys of secret settings: one that encrypts, and earlier ones that still decrypt.</summary>
/// <remarks>Immutable and thread-safe. A key's id follows from the key itself, so a wrong key is an unknown id. The keys stay
/// in memory as long as the ring does; no member shows them.</remarks>
[DebuggerDisplay("{ToString(),nq}")]
public sealed class SettingKeyRing
{
    private readonly SecretKey[] _keys;

    internal SettingKeyRing(SecretKey current, params IEnumerable<SecretKey> earlier)
    {
        _keys = [current, .. earlier];
        KeyIds = Array.AsReadOnly(Array.ConvertAll(_keys, static key => key.Id));
        if (KeyIds.GroupBy(static id => id, StringComparer.Ordinal).FirstOrDefault(static group => group.Count() > 1) is { } twice)
        {
            throw SecretErrors.OfKeys($"Two of the keys have the id {twice.Key}: one key is given twice, or two keys happen to share an id. Leave one out.");
        }
    }

    /// <summary>The id of the key that encrypts: 8 lower-case hexadecimal digits.</summary>
    public string CurrentKeyId => Current.Id;

    /// <summary>The ids of all keys, the current one first.</summary>
    public IReadOnlyList<string> KeyIds { get; }

    internal SecretKey Current => _keys[0];

    /// <summary>Makes a ring of keys that the caller holds, from a vault for example.</summary>
    /// <param name="current">The key that encrypts: 32 bytes from a cryptographic random source. Copied; zero yours.</param>
    /// <param name="earlier">Keys that decrypt only, 32 bytes each. Copied.</param>
    /// <exception cref="ArgumentException">A key is not 32 bytes long.</exception>
    /// <exception cref="SettingException">Two keys have the same id.</exception>
    public static SettingKeyRing FromKeys(byte[] current, params byte[][] earlier)
    {
        ArgumentNullException.ThrowIfNull(current);
        ArgumentNullException.ThrowIfNull(earlier);
        return new(Checked(current, nameof(current)), [.. earlier.Select(static key => Checked(key, nameof(earlier)))]);

        static SecretKey Checked(byte[]? key, string argument) => key is { Length: SecretKey.Size }
            ? SecretKey.From(key)
            : throw new ArgumentException($"A key is {SecretKey.Size} bytes long; take them from RandomNumberGenerator.GetBytes({SecretKey.Size}).", argument);
    }

    /// <summary>Makes a ring of pass phrases: PBKDF2 with SHA-256 and 600,000 iterations, about 0.2 s for each, once per
    /// process and pass phrase. They give the same keys as the environment variables do.</summary>
    /// <param name="current">The pass phrase of the key that encrypts; at least 16 characters.</param>
    /// <param name="earlier">Pass phrases of keys that decrypt only.</param>
    /// <exception cref="SettingException">A pass phrase is too short, or is given twice.</exception>
    public static SettingKeyRing FromSecret(string current, params string[] earlier)
    {
        ArgumentNullException.ThrowIfNull(current);
        ArgumentNullException.ThrowIfNull(earlier);
        return new(PassPhrase.Derive(current, "The pass phrase"), [.. earlier.Select(static secret => PassPhrase.Derive(secret, "An earlier pass phrase"))]);
    }

    /// <summary>Makes a ring of the keys in a file; see <see cref="SettingKeyFile"/>.</summary>
    /// <param name="path">The file. It is read once: name it in <see cref="SettingSecretsOptions.KeyFile"/> to have added
    /// keys seen.</param>
    /// <exception cref="SettingException">The file cannot be used; the message says why, and in which line.</exception>
    public static SettingKeyRing FromFile(string path) => KeyFile.Read(path);

    /// <summary>The ids of the keys; never the keys.</summary>
    public override string ToString() => _keys.Length == 1 ? $"key {CurrentKeyId}" : $"key {CurrentKeyId}, earlier {string.Join(", ", KeyIds.Skip(1))}";

    internal SecretKey? Find(string id) => Array.Find(_keys, key => string.Equals(key.Id, id, StringComparison.Ordinal));
}
