using System.Buffers.Text;
using System.Text.Json;

namespace DeployStack.Data.Settings.Exchange;

/// <summary>Reads a file and takes nothing that the format does not say: its errors tell a line, never what stands there.</summary>
internal ref partial struct ExchangeReader
{
    private static readonly string[] _fileNames = ["format", "version", "exportedAt", "scope", "secrets", "groups", "settings"];
    private static readonly string[] _scopeNames = ["groups", "keyPrefixes"];
    private static readonly string[] _secretsNames = ["derivation", "iterations", "salt", "cipher", "check"];
    private static readonly string[] _settingNames = ["key", "group", "type", "set", "value", "secret", "encrypted", "version"];

    private readonly ReadOnlySpan<byte> _content;
    private Utf8JsonReader _json;

    private ExchangeReader(ReadOnlySpan<byte> content)
    {
        _content = content;
        _json = Begin(content);
    }

    /// <exception cref="SettingException">The content is not as the format wants it.</exception>
    public static ExchangeFile Read(ReadOnlySpan<byte> content)
    {
        if (content.StartsWith("\uFEFF"u8)) // some editors put it there
        {
            content = content[3..];
        }

        var reader = new ExchangeReader(content);
        try
        {
            reader.CheckFormat();
            reader._json = Begin(content);
            return reader.ReadFile();
        }
        catch (JsonException error) // its message may cite the file
        {
            throw Fault((error.LineNumber ?? 0) + 1, "is no JSON in UTF-8, is cut short, or is followed by something else");
        }
        catch (InvalidOperationException) // as above
        {
            throw reader.Fault("holds a text that is no Unicode");
        }
    }

    // before the rest, whatever the order: a file of a later version is called that, not wrong
    private void CheckFormat()
    {
        Open(JsonTokenType.StartObject, "does not begin with an object");
        var (isFormat, isVersion) = (false, false);
        while (_json.Read() && _json.TokenType == JsonTokenType.PropertyName)
        {
            if (_json.ValueTextEquals("format"u8))
            {
                isFormat = ShortText("format") is ExchangeFormat.Format ? true : throw Fault("names another format than " + ExchangeFormat.Format);
            }
            else if (_json.ValueTextEquals("version"u8))
            {
                isVersion = Number("version") == ExchangeFormat.Version ? true : throw Fault($"names a version of the format that is not known here, which is {ExchangeFormat.Version}");
            }
            else
            {
                _json.Skip();
            }
        }

        if (!isFormat || !isVersion)
        {
            throw Fault("ends without the properties 'format' and 'version'");
        }

        _json.Read(); // what follows the object is an error
    }

    private ExchangeFile ReadFile()
    {
        var exportedAt = default(DateTimeOffset);
        var scope = ExchangeScope.All;
        var secrets = (ExchangeSecrets?)null;
        var settings = new List<ExchangeSetting>();
        _json.Read();
        var seen = 0;
        while (Next(_fileNames, ref seen) is { } name)
        {
            switch (name)
            {
                case "exportedAt":
                    exportedAt = Time(name);
                    break;
                case "scope":
                    scope = ReadScope();
                    break;
                case "secrets":
                    secrets = ReadSecrets();
                    break;
                case "settings":
                    ReadSettings(settings);
                    break;
                default: // format and version are checked; groups are for people
                    _json.Skip();
                    break;
            }
        }

        Demand(_fileNames, seen, "format", "version", "exportedAt", "groups", "settings");
        return secrets is not null || settings.TrueForAll(static setting => setting.Encrypted is null)
            ? new(exportedAt, scope, secrets, settings)
            : throw Fault("ends without the property 'secrets', and there are encrypted values");
    }

    private ExchangeScope ReadScope()
    {
        Open(JsonTokenType.StartObject, "has a 'scope' that is no object");
        var (groups, prefixes, seen) = (new List<string>(), new List<string>(), 0);
        while (Next(_scopeNames, ref seen) is { } name)
        {
            Open(JsonTokenType.StartArray, $"has '{name}' that are no array");
            while (_json.Read() && _json.TokenType != JsonTokenType.EndArray)
            {
                (name is "groups" ? groups : prefixes).Add(CurrentText(name, MaxShortText));
            }
        }

        Demand(_scopeNames, seen, _scopeNames);
        return new(groups, prefixes);
    }

    private ExchangeSecrets ReadSecrets()
    {
        Open(JsonTokenType.StartObject, "has 'secrets' that are no object");
        var (iterations, salt, check, seen) = (0, Array.Empty<byte>(), string.Empty, 0);
        while (Next(_secretsNames, ref seen) is { } name)
        {
            switch (name)
            {
                case "iterations":
                    iterations = Number(name) is >= ExchangeSecrets.FewestIterations and <= ExchangeSecrets.MostIterations and var number
                        ? number
                        : throw Fault($"has less than {ExchangeSecrets.FewestIterations} or more than {ExchangeSecrets.MostIterations} 'iterations'");
                    break;
                case "salt":
                    var text = ShortText(name);
                    salt = Base64Url.IsValid(text, out var length) && length == ExchangeSecrets.SaltSize ? Base64Url.DecodeFromChars(text) : throw Fault("has a 'salt' that is not 16 bytes in Base64Url");
                    break;
                case "check":
                    check = ShortText(name);
                    break;
                default:
                    _ = ShortText(name) is ExchangeFormat.Derivation or ExchangeFormat.Cipher ? true : throw Fault($"names a '{name}' that is not known here");
                    break;
            }
        }

        Demand(_secretsNames, seen, _secretsNames);
        return new(iterations, salt, check);
    }

    private void ReadSettings(List<ExchangeSetting> settings)
    {
        Open(JsonTokenType.StartArray, "has 'settings' that are no array");
        var keys = new HashSet<string>(StringComparer.Ordinal);
        while (_json.Read() && _json.TokenType != JsonTokenType.EndArray)
        {
            var setting = ReadSetting();
            settings.Add(keys.Add(setting.Key) ? setting : throw Fault($"ends the second setting with the key '{setting.Key}'"));
        }
    }

    private ExchangeSetting ReadSetting()
    {
        Expect(JsonTokenType.StartObject, "has a setting that is no object");
        var (seen, isSet, isSecret) = (0, false, false);
        string? key = null, value = null, encrypted = null, version = null;
        while (Next(_settingNames, ref seen) is { } name)
        {
            switch (name)
            {
                case "key":
                    key = ShortText(name);
                    break;
                case "type":
                    _ = ShortText(name) is "string" or "number" or "boolean" ? true : throw Fault("names a 'type' that is not known here");
                    break;
                case "set":
                    isSet = Boolean(name);
                    break;
                case "secret":
                    isSecret = Boolean(name);
                    break;
                case "value":
                    value = Text(name, int.MaxValue);
                    break;
                case "encrypted":
                    encrypted = Text(name, int.MaxValue);
                    break;
                case "version":
                    version = ShortText(name);
                    break;
                default: // the group is for people
                    _ = NullableText(name);
                    break;
            }
        }

        Demand(_settingNames, seen, "key", "type", "set");
        return Checked(new(key!, isSet, isSecret, value, encrypted, version));
    }

    private readonly ExchangeSetting Checked(ExchangeSetting setting)
    {
        if (!SettingKey.Fits(setting.Key))
        {
            throw Fault("ends a setting whose key is none");
        }

        if (!string.IsNullOrWhiteSpace(setting.Value) != (setting.IsSet && !setting.IsSecret) || (setting.Value is not null && setting.IsSecret))
        {
            throw Fault($"ends the setting '{setting.Key}', which must have a 'value' exactly if it is 'set' and no 'secret'");
        }

        return setting.Encrypted is null || (setting.IsSet && setting.IsSecret) ? setting : throw Fault($"ends the setting '{setting.Key}', which has an 'encrypted' value and is not a 'secret' that is 'set'");
    }
}
