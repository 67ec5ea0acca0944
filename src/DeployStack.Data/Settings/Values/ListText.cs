using System.Text.Json;

namespace DeployStack.Data.Settings.Values;

/// <summary>Lists: separated by commas as DeployStack writes them, as a JSON array of strings where an element would not survive that.</summary>
internal static class ListText
{
    /// <summary>The codec of lists of values that have one.</summary>
    public static SettingCodec<IReadOnlyList<T>> Codec<T>(SettingCodec<T> element) => new(
        SettingType.List,
        $"a list, separated by commas or as a JSON array, of which each is {element.Wanted}",
        values => values is null ? string.Empty : Write(values, element),
        text => TryRead(text, element, out var values) ? (true, values) : (false, null!))
    {
        IsImmutable = element.IsImmutable,
    };

    private static string? Write<T>(IReadOnlyList<T> values, SettingCodec<T> codec)
    {
        var texts = new string[values.Count];
        for (var i = 0; i < texts.Length; i++)
        {
            if (values[i] is not { } value || codec.Write(value) is not { } text)
            {
                return null;
            }

            texts[i] = text;
        }

        return texts.Length == 0 ? "[]" : texts.All(IsPlain) && texts[0][0] != '[' ? string.Join(',', texts) : ToJson(texts);
    }

    private static bool TryRead<T>(string text, SettingCodec<T> codec, out IReadOnlyList<T> values)
    {
        values = [];
        if ((IsArray(text) ? FromJson(text) : text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)) is not { } texts)
        {
            return false;
        }

        var read = new T[texts.Length];
        for (var i = 0; i < read.Length; i++)
        {
            if (!codec.TryRead(texts[i], out read[i]))
            {
                return false;
            }
        }

        values = Array.AsReadOnly(read);
        return true;
    }

    // trimmed and dropped when it is read
    private static bool IsPlain(string text) => text.Length > 0 && !text.Contains(',', StringComparison.Ordinal) && text.Trim().Length == text.Length;

    private static bool IsArray(string text) => text.AsSpan().TrimStart().StartsWith("[", StringComparison.Ordinal) && text.AsSpan().TrimEnd().EndsWith("]", StringComparison.Ordinal);

    private static string ToJson(string[] texts) => JsonText.ToText(writer =>
    {
        writer.WriteStartArray();
        foreach (var text in texts)
        {
            writer.WriteStringValue(text);
        }

        writer.WriteEndArray();
    });

    // numbers and booleans may stand there without quotes
    private static string[]? FromJson(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            var elements = document.RootElement.EnumerateArray().ToList();
            return elements.TrueForAll(static each => each.ValueKind is JsonValueKind.String or JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False)
                ? [.. elements.Select(static each => each.ValueKind == JsonValueKind.String ? each.GetString()! : each.GetRawText())]
                : null;
        }
        catch (JsonException) // no array, then
        {
            return null;
        }
    }
}
