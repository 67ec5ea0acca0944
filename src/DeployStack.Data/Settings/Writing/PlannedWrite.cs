using DeployStack.Data.Settings.Current;
using DeployStack.Data.Settings.History;
using DeployStack.Data.Settings.Secrets;
using DeployStack.Data.Settings.Storage;

namespace DeployStack.Data.Settings.Writing;

/// <summary>Everything that a write does, worked out on the data of one version: its statements and what they lead to.</summary>
/// <param name="data">What it was planned on; the write fails where the tables have moved on.</param>
/// <param name="now">When it happens.</param>
internal sealed class PlannedWrite(SettingsData data, DateTimeOffset now)
{
    private const int MostApplied = 1_000; // above, reading again is cheaper than keeping both

    private readonly long _stamp = Random.Shared.NextInt64();
    private readonly long _now = now.ToUnixTimeSeconds();

    /// <summary>What it was planned on.</summary>
    public SettingsData Before => data;

    public List<StoredGroup> CreatedGroups { get; } = [];

    public List<StoredGroup> ChangedGroups { get; } = [];

    public List<ValueChange> Created { get; init; } = [];

    public List<ValueChange> Changed { get; init; } = [];

    public List<DeletedRow> Deleted { get; } = [];

    /// <summary>Rows whose value stays, with what now describes them.</summary>
    public List<SettingEntry> Redescribed { get; } = [];

    /// <summary>The line in the history; <see langword="null"/> for none.</summary>
    public HistoryHeader? History { get; init; }

    /// <summary>Whether what is replaced or deleted may be a secret.</summary>
    public bool HoldsSecrets { get; set; }

    /// <summary>The id of the key that secrets of this write are encrypted under.</summary>
    public string? KeyId { get; set; }

    /// <summary>Entries of the history that are older than this are deleted along with it.</summary>
    public DateTimeOffset? PruneBefore { get; init; }

    /// <summary>The version that the write leads to, known beforehand: each row that is touched raises it by one.</summary>
    public StoredVersion VersionAfter => new(data.Version.Number + 1 + CreatedGroups.Count + ChangedGroups.Count + Created.Count + Changed.Count + Deleted.Count + Redescribed.Count, _stamp);

    /// <summary>What the history knows the write by.</summary>
    public long BatchId => data.Version.Number + 1;

    public bool IsEmpty => CreatedGroups.Count + ChangedGroups.Count + Created.Count + Changed.Count + Deleted.Count + Redescribed.Count == 0;

    /// <summary>The statements: the version first, groups before settings.</summary>
    /// <param name="capabilities">Of the engine.</param>
    /// <param name="secrets">Encrypts what the history must not hold in the open.</param>
    public IReadOnlyList<SqlStatement> ToStatements(DatabaseCapabilities capabilities, StoredSecrets secrets)
    {
        var list = new StatementList(capabilities);
        list.Add(SettingsSql.ClaimVersion, new { version = data.Version.Number, stamp = data.Version.Stamp }, 1);
        list.Insert<StoredGroup, GroupRow>(SettingsSql.InsertGroup, CreatedGroups, Fill);
        list.ForEach<StoredGroup, GroupRow>(SettingsSql.UpdateGroup, ChangedGroups, Fill);
        list.Insert<ValueChange, SettingRow>(SettingsSql.InsertSetting, Created, Fill);
        list.ForEach<ValueChange, SettingRow>(SettingsSql.UpdateValue, Changed, Fill);
        list.ForEach<SettingEntry, SettingRow>(SettingsSql.UpdateMetadata, Redescribed, Fill);
        list.ForEach<DeletedRow, SettingRow>(SettingsSql.DeleteSetting, Deleted, static (deleted, row) => row.Key = deleted.Entry.Key);
        if (KeyId is not null)
        {
            list.Add(SettingsSql.InsertKey, new { id = KeyId, now = _now });
        }

        if (PruneBefore is { } before)
        {
            list.Add(SettingsSql.PruneHistory, new { before = before.ToUnixTimeMilliseconds() });
        }

        if (History is not null)
        {
            var parts = new HistoryParts(this, secrets);
            list.Insert<int, HistoryRow>(SettingsSql.InsertHistory, parts.Indexes, (part, row) =>
            {
                row.Batch = BatchId;
                row.Part = part;
                row.At = now.ToUnixTimeMilliseconds();
                row.Actor = History.Actor;
                row.Reason = History.Reason;
                row.Changes = parts.Render(part);
            });
        }

        list.Add(SettingsSql.SettleVersion, new { version = VersionAfter.Number, stamp = VersionAfter.Stamp });
        return list.Statements;
    }

    /// <summary>The data after the write; <see langword="null"/> where it is better read again.</summary>
    public SettingsData? Apply()
    {
        if (Created.Count + Changed.Count + Deleted.Count + Redescribed.Count > MostApplied)
        {
            return null;
        }

        var entries = new List<KeyValuePair<string, SettingEntry?>>(Created.Count + Changed.Count + Deleted.Count + Redescribed.Count);
        entries.AddRange(Created.Select(change => KeyValuePair.Create(change.Key, (SettingEntry?)new SettingEntry(
            change.Key, change.Text, change.IsEncrypted, change.Metadata!.Type, change.Metadata.Description, change.Metadata.GroupId, _now))));
        entries.AddRange(Changed.Select(change => KeyValuePair.Create(change.Key, (SettingEntry?)change.Old!.WithValue(change.Text, change.IsEncrypted, _now))));
        entries.AddRange(Redescribed.Select(static entry => KeyValuePair.Create(entry.Key, (SettingEntry?)entry)));
        entries.AddRange(Deleted.Select(static deleted => KeyValuePair.Create(deleted.Entry.Key, (SettingEntry?)null)));
        return data.With(VersionAfter, [.. CreatedGroups, .. ChangedGroups], entries);
    }

    private void Fill(StoredGroup group, GroupRow row)
    {
        row.Id = group.Id;
        row.Name = group.Name;
        row.Description = group.Description;
        row.Icon = group.Icon;
        row.SortOrder = group.SortOrder;
        row.Now = _now;
    }

    private void Fill(ValueChange change, SettingRow row)
    {
        row.Key = change.Key;
        row.Value = change.Text;
        row.IsEncrypted = change.IsEncrypted ? 1 : 0;
        row.Type = change.Metadata?.Type ?? string.Empty;
        row.Description = change.Metadata?.Description;
        row.GroupId = change.Metadata?.GroupId;
        row.Now = _now;
    }

    private void Fill(SettingEntry entry, SettingRow row)
    {
        row.Key = entry.Key;
        row.Type = entry.Type;
        row.Description = entry.Description;
        row.GroupId = entry.GroupId;
        row.IsEncrypted = entry.IsEncrypted ? 1 : 0;
        row.Now = _now;
    }
}
