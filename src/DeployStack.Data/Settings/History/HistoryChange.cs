using DeployStack.Data.Settings.Writing;

namespace DeployStack.Data.Settings.History;

/// <summary>One changed row as the history holds it.</summary>
/// <param name="Key">The setting.</param>
/// <param name="Old">The text before; <see langword="null"/> where there was no row, or where it is hidden.</param>
/// <param name="New">The text after; <see langword="null"/> where the row was deleted.</param>
/// <param name="IsOldEncrypted">Whether <paramref name="Old"/> belongs to a secret.</param>
/// <param name="IsNewEncrypted">Whether <paramref name="New"/> belongs to a secret.</param>
/// <param name="IsOldHidden">Whether the text before was a secret in plain text that could not be encrypted.</param>
/// <param name="Metadata">What described the row, where it was deleted.</param>
internal sealed record HistoryChange(string Key, string? Old, string? New, bool IsOldEncrypted, bool IsNewEncrypted, bool IsOldHidden, RowMetadata? Metadata)
{
    public bool IsSecret => IsOldEncrypted || IsNewEncrypted || IsOldHidden;

    // a record would print the values
    public override string ToString() => Key;
}
