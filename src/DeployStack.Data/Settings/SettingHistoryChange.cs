namespace DeployStack.Data.Settings;

/// <summary>One setting in a batch of the history.</summary>
/// <param name="Key">Which one; it need not exist any more.</param>
/// <param name="Kind">What happened to it.</param>
/// <param name="OldValue">The text before; <see langword="null"/> where there was no row, and always for a secret.</param>
/// <param name="NewValue">The text after; <see langword="null"/> where the row was deleted, and always for a secret.</param>
/// <param name="IsSecret">Whether it is a secret; its texts are kept as ciphertext and not shown.</param>
public sealed record SettingHistoryChange(string Key, SettingHistoryKind Kind, string? OldValue, string? NewValue, bool IsSecret);
