using DeployStack.Data.Settings.Current;
using DeployStack.Data.Settings.Secrets;
using DeployStack.Data.Settings.Writing;

namespace DeployStack.Data.Settings.History;

/// <summary>The changes of a write as JSON, in parts that no engine finds too large for a row.</summary>
/// <remarks>One row holds many changes: a row for each would cost as much as the write itself.</remarks>
internal sealed class HistoryParts
{
    private const int MostChanges = 1_000;
    private const int MostCharacters = 128 * 1024;

    private readonly PlannedWrite _write;
    private readonly SecretText _secrets;
    private readonly List<int> _ends = [];
    private readonly CharBuffer _buffer = new();

    public HistoryParts(PlannedWrite write, SecretText secrets)
    {
        _write = write;
        _secrets = secrets;
        var (changes, characters) = (0, 0);
        for (var i = 0; i < Count; i++)
        {
            changes++;
            characters += SizeOf(i);
            if (changes == MostChanges || characters >= MostCharacters || i == Count - 1)
            {
                _ends.Add(i + 1);
                (changes, characters) = (0, 0);
            }
        }

        Indexes = [.. Enumerable.Range(0, _ends.Count)];
    }

    /// <summary>The numbers of the parts.</summary>
    public IReadOnlyList<int> Indexes { get; }

    private int Count => _write.Created.Count + _write.Changed.Count + _write.Deleted.Count;

    /// <summary>Writes a part into a buffer, which the next call uses again.</summary>
    public ReadOnlyMemory<char> Render(int part)
    {
        _buffer.Clear();
        _buffer.Append("[");
        for (var i = part == 0 ? 0 : _ends[part - 1]; i < _ends[part]; i++)
        {
            Append(i);
            _buffer.Append(i == _ends[part] - 1 ? "]" : ",\n");
        }

        return _buffer.Text;
    }

    private int SizeOf(int index)
    {
        if (index >= _write.Created.Count + _write.Changed.Count)
        {
            var deleted = _write.Deleted[index - _write.Created.Count - _write.Changed.Count];
            return deleted.Entry.Key.Length + deleted.Entry.Text.Length;
        }

        var change = ChangeAt(index);
        return change.Key.Length + change.Text.Length + (change.Old?.Text.Length ?? 0);
    }

    private ValueChange ChangeAt(int index) => index < _write.Created.Count ? _write.Created[index] : _write.Changed[index - _write.Created.Count];

    private void Append(int index)
    {
        if (index >= _write.Created.Count + _write.Changed.Count)
        {
            var deleted = _write.Deleted[index - _write.Created.Count - _write.Changed.Count];
            Begin(deleted.Entry.Key);
            AppendOld(deleted.Entry, deleted.IsSecret);
            Append(RowMetadata.Of(deleted.Entry));
        }
        else
        {
            var change = ChangeAt(index);
            Begin(change.Key);
            if (change.Old is not null)
            {
                AppendOld(change.Old, change.IsEncrypted || change.Old.IsEncrypted);
            }

            Append(HistoryText.New, change.Text);
            Flag(HistoryText.NewEncrypted, change.IsEncrypted);
            Append(change.Metadata);
        }

        _buffer.Append("}");
    }

    private void AppendOld(SettingEntry old, bool isSecret)
    {
        if (!isSecret || old.IsEncrypted || !old.IsSet)
        {
            Append(HistoryText.Old, old.Text);
            Flag(HistoryText.OldEncrypted, old.IsEncrypted);
        }
        else if (_secrets.Protector.CurrentKeyId is not null)
        {
            // it stood there in plain text, and the history must not
            Append(HistoryText.Old, _secrets.Protect(old.Key, old.Text));
            Flag(HistoryText.OldEncrypted, isSet: true);
        }
        else
        {
            Flag(HistoryText.OldHidden, isSet: true);
        }
    }

    private void Append(RowMetadata? metadata)
    {
        if (metadata is null)
        {
            return;
        }

        Append(HistoryText.Type, metadata.Type);
        Append(HistoryText.Description, metadata.Description);
        Append(HistoryText.Group, metadata.GroupId);
    }

    private void Begin(string key)
    {
        _buffer.Append("{\"");
        _buffer.Append(HistoryText.Key);
        _buffer.Append("\":");
        _buffer.AppendQuoted(key);
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
