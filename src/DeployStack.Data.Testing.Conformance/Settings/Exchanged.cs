using System.Text;
using System.Text.Json.Nodes;
using DeployStack.Data.Settings;

namespace DeployStack.Data.Testing.Conformance.Settings;

/// <summary>Files of settings, as the suites handle them.</summary>
internal static class Exchanged
{
    public const string PassPhrase = "correct horse battery";

    /// <summary>A store over the groups of <see cref="Mail"/>, or others, that can encrypt.</summary>
    public static async Task<ISettingsStore> StoreAsync(IDeployStackDatabase database, ISettingProtector? protector = null, params SettingGroup[] groups)
    {
        var builder = new SettingsBuilder();
        foreach (var group in groups.Length > 0 ? groups : [Mail.Global, Mail.Group])
        {
            builder.Add(group);
        }

        var store = SettingsStoreFactory.Create(database, builder, protector: protector ?? new Protector("one"));
        await store.InitializeAsync();
        return store;
    }

    public static async Task<string> ExportAsync(this ISettingsStore store, SettingsExportOptions? options = null)
    {
        using var stream = new MemoryStream();
        await store.ExportAsync(stream, options);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    public static async Task<SettingsImportResult> ImportAsync(this ISettingsStore store, string file, SettingsImportOptions? options = null)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(file));
        return await store.ImportAsync(stream, options);
    }

    /// <summary>The file with one setting of it edited.</summary>
    public static string With(string file, string key, Action<JsonObject> edit)
    {
        var root = JsonNode.Parse(file)!;
        edit(SettingOf(root, key));
        return root.ToJsonString();
    }

    /// <summary>The file without one setting of it.</summary>
    public static string Without(string file, string key)
    {
        var root = JsonNode.Parse(file)!;
        root["settings"]!.AsArray().Remove(SettingOf(root, key));
        return root.ToJsonString();
    }

    public static IEnumerable<string> Keys(string file) => JsonNode.Parse(file)!["settings"]!.AsArray().Select(static setting => (string)setting!["key"]!);

    public static JsonObject SettingOf(JsonNode root, string key) => root["settings"]!.AsArray().Select(static setting => setting!.AsObject()).Single(setting => (string)setting["key"]! == key);

    /// <summary>Hides a text and binds it to its setting; no encryption, which is not what these suites are about.</summary>
    internal sealed class Protector(string id) : ISettingProtector
    {
        public string? CurrentKeyId => id;

        public string Protect(string key, string plaintext) => $"test:{id}:{Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Guid.NewGuid()} {key} {plaintext}"))}";

        public string Unprotect(string key, string ciphertext)
        {
            var parts = ciphertext.Split(':');
            var text = parts[1] == id ? Encoding.UTF8.GetString(Convert.FromBase64String(parts[2])).Split(' ', 3) : null;
            return text?[1] == key ? text[2] : throw new SettingException(DatabaseErrorKind.SecretUnreadable, key, $"The secret '{key}' cannot be decrypted.");
        }

        public bool IsProtected(string stored) => stored.StartsWith("test:", StringComparison.Ordinal);

        public string? KeyIdOf(string ciphertext) => IsProtected(ciphertext) ? ciphertext.Split(':')[1] : null;

        public bool HasKey(string keyId) => keyId == id;
    }
}
