using System.Text;
using SQLitePCL;

namespace DeployStack.Data.Benchmarks.Peers.Settings;

/// <summary>The bare loop on the tables of settings: one connection, statements prepared once, one transaction, the rows
/// that the store writes.</summary>
internal sealed class SettingsLoop : IDisposable
{
    private readonly BareLoop _loop;
    private readonly sqlite3_stmt? _claim;
    private readonly sqlite3_stmt? _history;
    private readonly sqlite3_stmt _group;
    private readonly sqlite3_stmt _metadata;
    private readonly sqlite3_stmt _value;
    private readonly sqlite3_stmt _insert;
    private byte[] _text = new byte[64 * 1024];
    private int _length;
    private long _batch = 1_000_000;

    /// <param name="path">The database.</param>
    /// <param name="isFull">Whether a commit waits for the disk.</param>
    /// <param name="hasCompanions">Whether there are a version and a history.</param>
    public SettingsLoop(string path, bool isFull, bool hasCompanions = true)
    {
        _loop = new(path, isFull);
        _claim = hasCompanions ? _loop.Prepare(SettingsSample.Claim) : null;
        _history = hasCompanions ? _loop.Prepare(SettingsSample.InsertHistory) : null;
        _group = _loop.Prepare(SettingsSample.UpsertGroup);
        _metadata = _loop.Prepare(SettingsSample.UpsertMetadata);
        _value = _loop.Prepare(SettingsSample.UpsertValue);
        _insert = _loop.Prepare(SettingsSample.Insert);
    }

    public void Execute(string sql) => _loop.Execute(sql);

    public void Checkpoint() => _loop.Checkpoint();

    public void Reset(string sql)
    {
        Execute(sql);
        Checkpoint();
    }

    /// <summary>Describes groups and settings.</summary>
    public void Describe(StoredGroupItem[] groups, StoredSettingItem[] settings) => Write(groups, settings, _metadata, hasHistory: false);

    /// <summary>Creates settings, and their groups.</summary>
    public void Create(StoredGroupItem[] groups, StoredSettingItem[] settings) => Write(groups, settings, _insert, hasHistory: true);

    /// <summary>Changes values.</summary>
    public void Change(StoredSettingItem[] settings) => Write([], settings, _value, hasHistory: true);

    public void Dispose()
    {
        _claim?.Dispose();
        _history?.Dispose();
        _group.Dispose();
        _metadata.Dispose();
        _value.Dispose();
        _insert.Dispose();
        _loop.Dispose();
    }

    private void Write(StoredGroupItem[] groups, StoredSettingItem[] settings, sqlite3_stmt statement, bool hasHistory)
    {
        _loop.Begin();
        if (_claim is not null)
        {
            BareLoop.Run(_claim);
        }

        foreach (var group in groups)
        {
            Write(group);
        }

        foreach (var setting in settings)
        {
            Write(statement, setting);
        }

        if (hasHistory && _history is not null)
        {
            WriteHistory(settings);
        }

        _loop.Commit();
    }

    private void Write(StoredGroupItem group)
    {
        BareLoop.Bind(_group, 1, group.Id);
        BareLoop.Bind(_group, 2, group.Name);
        BareLoop.Bind(_group, 3, group.Description);
        BareLoop.Bind(_group, 4, group.Icon);
        _ = raw.sqlite3_bind_int64(_group, 5, group.SortOrder);
        _ = raw.sqlite3_bind_int64(_group, 6, group.Now);
        BareLoop.Run(_group);
    }

    private static void Write(sqlite3_stmt statement, StoredSettingItem setting)
    {
        BareLoop.Bind(statement, 1, setting.Key);
        BareLoop.Bind(statement, 2, setting.Value);
        BareLoop.Bind(statement, 3, setting.Type);
        BareLoop.Bind(statement, 4, setting.Description);
        _ = raw.sqlite3_bind_int64(statement, 5, setting.IsEncrypted);
        BareLoop.Bind(statement, 6, setting.GroupId);
        _ = raw.sqlite3_bind_int64(statement, 7, setting.CreatedAt);
        _ = raw.sqlite3_bind_int64(statement, 8, setting.UpdatedAt);
        BareLoop.Run(statement);
    }

    // the least that one can do: no text here needs an escape, and it is known
    private void WriteHistory(StoredSettingItem[] settings)
    {
        _batch++;
        for (var first = 0; first < settings.Length; first += StoredHistoryItem.MostChanges)
        {
            _length = 0;
            Append("[");
            var end = Math.Min(first + StoredHistoryItem.MostChanges, settings.Length);
            for (var i = first; i < end; i++)
            {
                Append(i == first ? "{\"key\":\"" : ",\n{\"key\":\"");
                Append(settings[i]);
            }

            Append("]");
            _ = raw.sqlite3_bind_int64(_history, 1, _batch);
            _ = raw.sqlite3_bind_int64(_history, 2, first / StoredHistoryItem.MostChanges);
            _ = raw.sqlite3_bind_int64(_history, 3, _batch);
            _ = raw.sqlite3_bind_text(_history, 4, _text.AsSpan(0, _length));
            BareLoop.Run(_history!);
        }
    }

    private void Append(StoredSettingItem setting)
    {
        Append(setting.Key);
        if (setting.Old is not null)
        {
            Append("\",\"old\":\"");
            Append(setting.Old);
        }

        Append("\",\"new\":\"");
        Append(setting.Value);
        Append("\"}");
    }

    private void Append(string text)
    {
        if (_text.Length - _length < text.Length * 3)
        {
            Array.Resize(ref _text, _text.Length * 2);
        }

        _length += Encoding.UTF8.GetBytes(text, _text.AsSpan(_length));
    }
}
