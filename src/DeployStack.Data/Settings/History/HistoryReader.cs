using DeployStack.Data.Settings.Current;
using DeployStack.Data.Settings.Storage;

namespace DeployStack.Data.Settings.History;

/// <summary>Reads the history.</summary>
internal sealed class HistoryReader(SettingsTables tables)
{
    private const string OneBatch = """
        WHERE "batch" = @batch ORDER BY "part"
        """;

    private const string Page = """
        WHERE "batch" IN (
            SELECT DISTINCT "batch" FROM "deploystack_setting_history"
            WHERE (@batch IS NULL OR "batch" = @batch) AND (@before IS NULL OR "batch" < @before) AND (@needle IS NULL OR instr("changes", @needle) > 0)
            ORDER BY "batch" DESC LIMIT @limit)
        AND (@needle IS NULL OR instr("changes", @needle) > 0)
        ORDER BY "batch" DESC, "part"
        """;

    /// <summary>Reads what is asked for, secrets masked.</summary>
    /// <param name="query">Which part.</param>
    /// <param name="isSecret">Whether a setting is a secret now; it may not have been one then.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    public async Task<IReadOnlyList<SettingsHistoryEntry>> FindAsync(SettingHistoryQuery query, Func<string, bool> isSecret, CancellationToken cancellationToken)
    {
        if (query.Limit <= 0)
        {
            throw new ArgumentOutOfRangeException(nameof(query), query.Limit, "SettingHistoryQuery.Limit must be positive.");
        }

        var parts = await tables.FindHistoryAsync(
            Page,
            new { batch = query.BatchId, before = query.Before, needle = query.Key is null ? null : HistoryText.Needle(query.Key), limit = (long)query.Limit },
            cancellationToken).ConfigureAwait(false);
        return [.. parts.GroupBy(static part => part.Batch).Select(batch => Entry([.. batch], query.Key, isSecret))];
    }

    /// <summary>All changes of a batch.</summary>
    /// <exception cref="SettingException">The history does not have it.</exception>
    public async Task<IReadOnlyList<HistoryChange>> GetAsync(long batchId, CancellationToken cancellationToken)
    {
        var parts = await tables.FindHistoryAsync(OneBatch, new { batch = batchId }, cancellationToken).ConfigureAwait(false);
        return parts.Count > 0 ? [.. parts.SelectMany(HistoryText.Read)]
            : throw NoBatch(batchId);
    }

    /// <summary>What is thrown where a batch is asked for that is not there.</summary>
    public static SettingException NoBatch(long batchId)
        => new(DatabaseErrorKind.InvalidParameter, string.Empty, $"The history of settings has no batch {batchId}; nothing was written. It may be older than SettingsOptions.HistoryRetention.");

    private static SettingsHistoryEntry Entry(IReadOnlyList<StoredHistory> parts, string? key, Func<string, bool> isSecret) => new(
        parts[0].Batch,
        StoredTime.ToTime(parts[0].At),
        parts[0].Actor,
        parts[0].Reason,
        [.. parts.SelectMany(HistoryText.Read).Where(change => key is null || string.Equals(change.Key, key, StringComparison.Ordinal)).Select(change => Shown(change, change.IsSecret || isSecret(change.Key)))]);

    private static SettingHistoryChange Shown(HistoryChange change, bool isSecret) => new(
        change.Key,
        change.New is null ? SettingHistoryKind.Deleted : change.Old is null && !change.IsOldHidden ? SettingHistoryKind.Created : SettingHistoryKind.Changed,
        isSecret ? null : change.Old,
        isSecret ? null : change.New,
        isSecret);
}
