using System.Text.Encodings.Web;
using System.Text.Json;
using DeployStack.Data.Settings.Storage;
using DeployStack.Data.Settings.Writing;

namespace DeployStack.Data.Settings.History;

/// <summary>How changes stand in the history: a JSON array of objects with short names.</summary>
internal static class HistoryText
{
    public const string Key = "key";
    public const string Old = "old";
    public const string New = "new";
    public const string OldEncrypted = "oldIsEncrypted";
    public const string NewEncrypted = "newIsEncrypted";
    public const string OldHidden = "oldIsHidden";
    public const string Type = "type";
    public const string Description = "description";
    public const string Group = "group";

    /// <summary>What a part that changes a key contains.</summary>
    public static string Needle(string key) => $"{{\"{Key}\":\"{JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(key)}\"";

    /// <summary>Reads a part.</summary>
    /// <exception cref="SettingException">It is no such text.</exception>
    public static IReadOnlyList<HistoryChange> Read(StoredHistory part)
    {
        try
        {
            using var document = JsonDocument.Parse(part.Changes);
            return [.. document.RootElement.EnumerateArray().Select(Read)];
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or KeyNotFoundException) // told where it stands
        {
            throw new SettingException(DatabaseErrorKind.ResultShape, string.Empty, $"The history of settings, batch {part.Batch}, part {part.Part}, cannot be read: it is not in the form that this version writes. It is unchanged, as are the settings.", error);
        }
    }

    private static HistoryChange Read(JsonElement change)
    {
        var type = TextOf(change, Type);
        return new(
            change.GetProperty(Key).GetString()!,
            TextOf(change, Old),
            TextOf(change, New),
            change.TryGetProperty(OldEncrypted, out _),
            change.TryGetProperty(NewEncrypted, out _),
            change.TryGetProperty(OldHidden, out _),
            type is null ? null : new RowMetadata(type, TextOf(change, Description), TextOf(change, Group)));
    }

    private static string? TextOf(JsonElement change, string name) => change.TryGetProperty(name, out var value) ? value.GetString() : null;
}
