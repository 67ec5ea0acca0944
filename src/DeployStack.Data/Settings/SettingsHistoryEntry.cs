namespace DeployStack.Data.Settings;

/// <summary>One batch of the history.</summary>
/// <param name="BatchId">What <see cref="ISettingsStore.UndoAsync"/> takes.</param>
/// <param name="At">When it was written, in UTC.</param>
/// <param name="Actor">Who made it, where the batch said so.</param>
/// <param name="Reason">Why, where the batch said so.</param>
/// <param name="Changes">What it changed; with <see cref="SettingHistoryQuery.Key"/> only that setting.</param>
public sealed record SettingsHistoryEntry(long BatchId, DateTimeOffset At, string? Actor, string? Reason, IReadOnlyList<SettingHistoryChange> Changes);
