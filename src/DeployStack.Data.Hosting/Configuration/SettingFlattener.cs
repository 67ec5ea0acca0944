using System.Globalization;
using System.Text.Json;
using DeployStack.Data.Settings;
using DeployStack.Data.Settings.Values;

namespace DeployStack.Data.Hosting.Configuration;

/// <summary>Makes entries of a configuration from one setting: lists and JSON become several, as in a JSON file.</summary>
internal static class SettingFlattener
{
    /// <param name="path">The configuration key.</param>
    /// <param name="type">The kind of its values.</param>
    /// <param name="text">What is stored.</param>
    /// <param name="declared">Its declaration, where there is one.</param>
    public static IEnumerable<KeyValuePair<string, string?>> Flatten(string path, SettingType type, string text, Setting? declared) => type switch
    {
        SettingType.List when SettingCodec<IReadOnlyList<string>>.Get().TryRead(text, out var list) => OfList(path, list),
        SettingType.Json => OfJson(path, text),
        _ => [new(path, Normalise(type, text, declared))],
    };

    // the binder reads fewer forms than settings do, "yes" and "PT5M" not among them; what is no value stays as it is, so
    // that binding it tells
    private static string Normalise(SettingType type, string text, Setting? declared)
        => declared?.Normalise(text)
        ?? (type == SettingType.Boolean && SettingCodec<bool>.Get().TryRead(text, out var value) ? SettingCodec<bool>.Get().Write(value) : null)
        ?? text;

    private static IEnumerable<KeyValuePair<string, string?>> OfList(string path, IReadOnlyList<string> list)
        => list.Count == 0 ? [new(path, string.Empty)] : list.Select((element, i) => KeyValuePair.Create(Join(path, i), (string?)element));

    private static List<KeyValuePair<string, string?>> OfJson(string path, string text)
    {
        var entries = new List<KeyValuePair<string, string?>>();
        try
        {
            using var document = JsonDocument.Parse(text);
            Add(entries, path, document.RootElement);
        }
        catch (JsonException) // no JSON, then; binding it tells
        {
            entries.Add(new(path, text));
        }

        return entries;
    }

    private static void Add(List<KeyValuePair<string, string?>> entries, string path, JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object when element.EnumerateObject().Any():
                foreach (var property in element.EnumerateObject())
                {
                    Add(entries, $"{path}:{property.Name}", property.Value);
                }

                break;
            case JsonValueKind.Array when element.GetArrayLength() > 0:
                foreach (var (i, each) in element.EnumerateArray().Index())
                {
                    Add(entries, Join(path, i), each);
                }

                break;
            case JsonValueKind.Object or JsonValueKind.Null:
                entries.Add(new(path, null));
                break;
            default:
                entries.Add(new(path, element.ValueKind == JsonValueKind.Array ? string.Empty : element.ToString()));
                break;
        }
    }

    private static string Join(string path, int index) => string.Create(CultureInfo.InvariantCulture, $"{path}:{index}");
}
