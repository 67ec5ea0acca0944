using System.Text.Json;
using System.Text.Json.Serialization;

namespace DeployStack.Data.Benchmarks.Peers.Settings;

/// <summary>A row of the history as the peers with objects write it: a thousand changes as JSON.</summary>
internal sealed class StoredHistoryItem
{
    public const int MostChanges = 1_000;

    private static readonly JsonSerializerOptions _json = new() { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    public required long Batch { get; init; }

    public required long Part { get; init; }

    public required long At { get; init; }

    public required string Changes { get; init; }

    /// <summary>The history of a write.</summary>
    public static IEnumerable<StoredHistoryItem> Of(long batch, StoredSettingItem[] settings)
        => settings.Chunk(MostChanges).Select((changes, part) => new StoredHistoryItem { Batch = batch, Part = part, At = batch, Changes = Text(changes) });

    private static string Text(StoredSettingItem[] changes) => JsonSerializer.Serialize(
        changes.Select(static change => new { key = change.Key, old = change.Old, @new = change.Value }), _json);
}
