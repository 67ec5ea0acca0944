using System.Globalization;
using System.Text.Json;

namespace DeployStack.Data.Settings.Exchange;

/// <content>The words of the file.</content>
internal ref partial struct ExchangeReader
{
    private const int MaxShortText = 1_024;

    private static Utf8JsonReader Begin(ReadOnlySpan<byte> content) => new(content, new JsonReaderOptions { MaxDepth = ExchangeFormat.MaxDepth });

    private static SettingException Fault(long line, string what) => new(
        DatabaseErrorKind.InvalidParameter,
        string.Empty,
        string.Create(CultureInfo.InvariantCulture, $"The file of settings was refused and nothing was written: line {line} {what}. Import what ExportAsync wrote, as a whole."));

    private readonly SettingException Fault(string what) => Fault(_content[..(int)_json.TokenStartIndex].Count((byte)'\n') + 1, what);

    private void Open(JsonTokenType type, string fault)
    {
        _json.Read();
        Expect(type, fault);
    }

    private readonly void Expect(JsonTokenType type, string fault)
    {
        if (_json.TokenType != type)
        {
            throw Fault(fault);
        }
    }

    /// <summary>The name of the next property of an object, or <see langword="null"/> at its end.</summary>
    private string? Next(string[] names, ref int seen)
    {
        _json.Read();
        if (_json.TokenType == JsonTokenType.EndObject)
        {
            return null;
        }

        for (var i = 0; i < names.Length; i++)
        {
            if (!_json.ValueTextEquals(names[i]))
            {
                continue;
            }

            if ((seen & (1 << i)) != 0)
            {
                throw Fault($"has the property '{names[i]}' a second time");
            }

            seen |= 1 << i;
            return names[i];
        }

        throw Fault("has a property that this version of the format does not have");
    }

    private readonly void Demand(string[] names, int seen, params ReadOnlySpan<string> demanded)
    {
        foreach (var name in demanded)
        {
            if ((seen & (1 << Array.IndexOf(names, name))) == 0)
            {
                throw Fault($"ends an object without the property '{name}'");
            }
        }
    }

    private string ShortText(string name) => Text(name, MaxShortText);

    private string Text(string name, int maxLength)
    {
        _json.Read();
        return CurrentText(name, maxLength);
    }

    private string? NullableText(string name)
    {
        _json.Read();
        return _json.TokenType == JsonTokenType.Null ? null : CurrentText(name, MaxShortText);
    }

    private readonly string CurrentText(string name, int maxLength)
    {
        Expect(JsonTokenType.String, $"has a '{name}' that is no text in quotes");
        return _json.ValueSpan.Length <= maxLength ? _json.GetString()! : throw Fault($"has a '{name}' that is too long");
    }

    private int Number(string name)
    {
        _json.Read();
        return _json.TokenType == JsonTokenType.Number && _json.TryGetInt32(out var number) ? number : throw Fault($"has a '{name}' that is no whole number");
    }

    private bool Boolean(string name)
    {
        _json.Read();
        return _json.TokenType is JsonTokenType.True or JsonTokenType.False ? _json.GetBoolean() : throw Fault($"has a '{name}' that is neither true nor false");
    }

    private DateTimeOffset Time(string name)
    {
        _json.Read();
        return _json.TokenType == JsonTokenType.String && _json.TryGetDateTimeOffset(out var time) ? time.ToUniversalTime() : throw Fault($"has a '{name}' that is no time");
    }
}
