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
    private readonly StoredSecrets _secrets;
    private readonly List<int> _ends = [];
    private readonly HistoryWriter _writer = new();

    public HistoryParts(PlannedWrite write, StoredSecrets secrets)
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
        _writer.Begin();
        for (var i = part == 0 ? 0 : _ends[part - 1]; i < _ends[part]; i++)
        {
            Append(i);
        }

        return _writer.End();
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
        if (index < _write.Created.Count + _write.Changed.Count)
        {
            var change = ChangeAt(index);
            var (old, isEncrypted, isHidden) = OldOf(change.Old, change.IsEncrypted || change.Old is { IsEncrypted: true });
            _writer.Append(change.Key, old, isEncrypted, isHidden, change.Text, change.IsEncrypted, metadata: null); // an undo deletes what was created
            return;
        }

        var deleted = _write.Deleted[index - _write.Created.Count - _write.Changed.Count];
        var (text, isDeletedEncrypted, isDeletedHidden) = OldOf(deleted.Entry, deleted.IsSecret);
        _writer.Append(deleted.Entry.Key, text, isDeletedEncrypted, isDeletedHidden, current: null, isNewEncrypted: false, RowMetadata.Of(deleted.Entry));
    }

    private (string? Text, bool IsEncrypted, bool IsHidden) OldOf(SettingEntry? old, bool isSecret)
    {
        if (old is null || !isSecret || old.IsEncrypted || !old.IsSet)
        {
            return (old?.Text, old is { IsEncrypted: true }, false);
        }

        if (_secrets.IsCiphertext(old.Text))
        {
            return (old.Text, true, false); // it had only lost its mark
        }

        // it stood there in plain text, and the history must not
        return _secrets.Protector.CurrentKeyId is null ? (null, false, true) : (_secrets.Protect(old.Key, old.Text), true, false);
    }
}
