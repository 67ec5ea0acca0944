using System.Buffers.Text;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using DeployStack.Data.Settings.Current;
using DeployStack.Data.Settings.Values;

namespace DeployStack.Data.Settings.Exchange;

/// <summary>Writes the settings of one snapshot.</summary>
internal sealed class SettingsExport
{
    private const int FlushAt = 64 * 1024;

    private static readonly JsonWriterOptions _json = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    private readonly SettingsSnapshot _snapshot;
    private readonly SettingsExportOptions _options;
    private readonly ExchangeScope _scope;
    private readonly SettingEntry[] _entries;
    private readonly Dictionary<string, string> _encrypted = new(StringComparer.Ordinal);
    private readonly List<string> _leftOut = [];
    private ExchangeSecrets? _secrets;

    public SettingsExport(SettingsSnapshot snapshot, SettingsExportOptions options)
    {
        _snapshot = snapshot;
        _options = options;
        _scope = new(options.Groups, options.KeyPrefixes);
        _entries = [.. snapshot.Entries.Where(entry => (entry.IsSet || !options.OnlySet) && _scope.Has(entry.Key, entry.GroupId))];
        Array.Sort(_entries, static (one, other) => string.CompareOrdinal(one.GroupId, other.GroupId) is var order and not 0 ? order : string.CompareOrdinal(one.Key, other.Key));
    }

    public async Task<SettingsExportResult> WriteAsync(Stream stream, CancellationToken cancellationToken)
    {
        if (_options.PassPhrase is { } passPhrase)
        {
            // before the first byte is written: a secret that cannot be read leaves no half file
            await Task.Run(() => Encrypt(passPhrase), cancellationToken).ConfigureAwait(false);
        }

        var writer = new Utf8JsonWriter(stream, _json);
        await using (writer.ConfigureAwait(false))
        {
            WriteHead(writer);
            writer.WriteStartArray("settings"u8);
            foreach (var entry in _entries)
            {
                Write(writer, _snapshot.Describe(entry.Key)!);
                if (writer.BytesPending >= FlushAt)
                {
                    await writer.FlushAsync(cancellationToken).ConfigureAwait(false);
                }
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
            await writer.FlushAsync(cancellationToken).ConfigureAwait(false);
        }

        return new(_entries.Length, _leftOut);
    }

    private void Encrypt(string passPhrase)
    {
        (var cipher, _secrets) = ExchangeCipher.Create(passPhrase);
        using var _ = cipher;
        var errors = new List<SettingError>();
        foreach (var entry in _entries.Where(entry => entry.IsSet && _snapshot.IsSecret(entry.Key) is true))
        {
            try
            {
                _encrypted.Add(entry.Key, cipher.Encrypt(entry.Key, _snapshot.Get<string>(entry.Key)!));
            }
            catch (SettingException error) // told together with the others, or listed in the result
            {
                errors.Add(new(entry.Key, error.Kind, error.Message));
            }
        }

        if (errors.Count > 0 && !_options.SkipUnreadableSecrets)
        {
            throw new SettingException(DatabaseErrorKind.SecretUnreadable, "Secrets cannot be decrypted, so nothing was exported; the database is unchanged. Give the store their keys, set SkipUnreadableSecrets, or export without a pass phrase, which leaves all secrets out:", errors);
        }
    }

    private void WriteHead(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("format"u8, ExchangeFormat.Format);
        writer.WriteNumber("version"u8, ExchangeFormat.Version);
        writer.WriteString("exportedAt"u8, _options.Time.GetUtcNow().UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
        if (!_scope.IsAll)
        {
            writer.WriteStartObject("scope"u8);
            Write(writer, "groups", _scope.Groups);
            Write(writer, "keyPrefixes", _scope.KeyPrefixes);
            writer.WriteEndObject();
        }

        if (_secrets is { } secrets)
        {
            writer.WriteStartObject("secrets"u8);
            writer.WriteString("derivation"u8, ExchangeFormat.Derivation);
            writer.WriteNumber("iterations"u8, secrets.Iterations);
            writer.WriteString("salt"u8, Base64Url.EncodeToString(secrets.Salt));
            writer.WriteString("cipher"u8, ExchangeFormat.Cipher);
            writer.WriteString("check"u8, secrets.Check);
            writer.WriteEndObject();
        }

        WriteGroups(writer);
    }

    private static void Write(Utf8JsonWriter writer, string name, IReadOnlyList<string> texts)
    {
        writer.WriteStartArray(name);
        foreach (var text in texts)
        {
            writer.WriteStringValue(text);
        }

        writer.WriteEndArray();
    }

    private void WriteGroups(Utf8JsonWriter writer)
    {
        var used = _entries.Select(static entry => entry.GroupId).OfType<string>().Concat(_scope.Groups).ToHashSet(StringComparer.Ordinal);
        writer.WriteStartArray("groups"u8);
        foreach (var group in _snapshot.StoredGroups.Where(group => _scope.IsAll || used.Contains(group.Id)).OrderBy(static group => group.Id, StringComparer.Ordinal))
        {
            writer.WriteStartObject();
            writer.WriteString("id"u8, group.Id);
            writer.WriteString("name"u8, group.Name);
            writer.WriteString("description"u8, group.Description);
            writer.WriteString("icon"u8, group.Icon);
            writer.WriteNumber("sortOrder"u8, group.SortOrder);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private void Write(Utf8JsonWriter writer, SettingValue setting)
    {
        writer.WriteStartObject();
        writer.WriteString(ExchangeFormat.Key, setting.Key);
        writer.WriteString(ExchangeFormat.Group, setting.GroupId);
        writer.WriteString(ExchangeFormat.Type, SettingCodec.NameOf(setting.Type));
        writer.WriteBoolean(ExchangeFormat.Set, setting.IsSet);
        if (setting.IsSecret)
        {
            writer.WriteBoolean(ExchangeFormat.Secret, value: true);
            if (_encrypted.TryGetValue(setting.Key, out var encrypted))
            {
                writer.WriteString(ExchangeFormat.Encrypted, encrypted);
            }
            else if (setting.IsSet)
            {
                _leftOut.Add(setting.Key);
            }
        }
        else if (setting.IsSet)
        {
            writer.WriteString(ExchangeFormat.Value, setting.Value);
        }

        writer.WriteString(ExchangeFormat.RowVersion, setting.Version);
        writer.WriteEndObject();
    }
}
