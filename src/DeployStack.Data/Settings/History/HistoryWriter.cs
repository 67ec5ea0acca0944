using DeployStack.Data.Settings.Writing;

namespace DeployStack.Data.Settings.History;

/// <summary>Writes changes as the JSON of a part, again and again into one buffer.</summary>
internal sealed class HistoryWriter
{
    private readonly CharBuffer _buffer = new();
    private bool _isFirst;

    public void Begin()
    {
        _buffer.Clear();
        _buffer.Append("[");
        _isFirst = true;
    }

    /// <param name="key">The setting.</param>
    /// <param name="old">The text before; <see langword="null"/> for none.</param>
    /// <param name="isOldEncrypted">Whether it belongs to a secret.</param>
    /// <param name="isOldHidden">Whether there was one that must not be kept.</param>
    /// <param name="current">The text after; <see langword="null"/> for none.</param>
    /// <param name="isNewEncrypted">Whether it belongs to a secret.</param>
    /// <param name="metadata">What described a row that was deleted.</param>
    public void Append(string key, string? old, bool isOldEncrypted, bool isOldHidden, string? current, bool isNewEncrypted, RowMetadata? metadata)
    {
        _buffer.Append(_isFirst ? "{\"" : ",\n{\"");
        _isFirst = false;
        _buffer.Append(HistoryText.Key);
        _buffer.Append("\":");
        _buffer.AppendQuoted(key);
        Append(HistoryText.Old, old);
        Flag(HistoryText.OldEncrypted, isOldEncrypted);
        Flag(HistoryText.OldHidden, isOldHidden);
        Append(HistoryText.New, current);
        Flag(HistoryText.NewEncrypted, isNewEncrypted);
        Append(HistoryText.Type, metadata?.Type);
        Append(HistoryText.Description, metadata?.Description);
        Append(HistoryText.Group, metadata?.GroupId);
        _buffer.Append("}");
    }

    public void Append(HistoryChange change)
        => Append(change.Key, change.Old, change.IsOldEncrypted, change.IsOldHidden, change.New, change.IsNewEncrypted, change.Metadata);

    /// <summary>The text, until the next beginning.</summary>
    public ReadOnlyMemory<char> End()
    {
        _buffer.Append("]");
        return _buffer.Text;
    }

    private void Append(string name, string? text)
    {
        if (text is not null)
        {
            Name(name);
            _buffer.AppendQuoted(text);
        }
    }

    private void Flag(string name, bool isSet)
    {
        if (isSet)
        {
            Name(name);
            _buffer.Append("true");
        }
    }

    private void Name(string name)
    {
        _buffer.Append(",\"");
        _buffer.Append(name);
        _buffer.Append("\":");
    }
}
