using DeployStack.Data.Settings.Current;

namespace DeployStack.Data.Settings.Writing;

/// <summary>One row that a write creates, changes or deletes. A structure: a hundred thousand of them lie in one array.</summary>
/// <param name="key">The setting.</param>
/// <param name="text">The text to store.</param>
/// <param name="isEncrypted">Whether it is marked as a secret.</param>
/// <param name="old">The row as it is; <see langword="null"/> for a new one.</param>
/// <param name="metadata">What describes a new row: a declaration or an earlier row.</param>
internal readonly struct ValueChange(string key, string text, bool isEncrypted, SettingEntry? old, RowMetadata? metadata = null)
{
    public string Key => key;

    public string Text => text;

    public bool IsEncrypted => isEncrypted;

    public SettingEntry? Old => old;

    public RowMetadata? Metadata => metadata;
}
