using System.Collections.Frozen;

namespace DeployStack.Data.Settings.Current;

/// <summary>What the two tables hold at one version; immutable.</summary>
/// <remarks>A few changes lie above the rows that were loaded, so that a write among very many settings stays cheap.</remarks>
internal sealed class SettingsData
{
    private const int MostOverlaid = 256;

    private readonly FrozenDictionary<string, SettingEntry> _loaded;
    private readonly Dictionary<string, SettingEntry?>? _changed; // null for a deleted row
    private Dictionary<string, SettingEntry[]>? _byGroup;

    private SettingsData(StoredVersion version, IReadOnlyList<StoredGroup> groups, FrozenDictionary<string, SettingEntry> loaded, Dictionary<string, SettingEntry?>? changed)
    {
        Version = version;
        Groups = groups;
        _loaded = loaded;
        _changed = changed;
    }

    /// <summary>The version of the tables: every change of a row counts.</summary>
    public StoredVersion Version { get; }

    /// <summary>The groups in the order in which people see them.</summary>
    public IReadOnlyList<StoredGroup> Groups { get; }

    /// <summary>How many rows an overlay would be compared with.</summary>
    public int Count => _loaded.Count;

    public IEnumerable<SettingEntry> Entries => _changed is null
        ? _loaded.Values
        : _loaded.Values.Where(entry => !_changed.ContainsKey(entry.Key)).Concat(_changed.Values.OfType<SettingEntry>());

    public static SettingsData Of(StoredVersion version, IEnumerable<StoredGroup> groups, IEnumerable<SettingEntry> entries) => new(
        version,
        Sorted(groups),
        entries.ToFrozenDictionary(static entry => entry.Key, StringComparer.Ordinal),
        changed: null);

    public SettingEntry? Find(string key)
    {
        if (_changed is not null && _changed.TryGetValue(key, out var changed))
        {
            return changed;
        }

        return _loaded.TryGetValue(key, out var entry) ? entry : null;
    }

    /// <summary>The rows of a group in the order of their keys.</summary>
    public IReadOnlyList<SettingEntry> InGroup(string groupId)
    {
        var groups = Volatile.Read(ref _byGroup);
        if (groups is null)
        {
            groups = Entries.Where(static entry => entry.GroupId is not null)
                .GroupBy(static entry => entry.GroupId!, StringComparer.Ordinal)
                .ToDictionary(static group => group.Key, static group => group.OrderBy(static entry => entry.Key, StringComparer.Ordinal).ToArray(), StringComparer.Ordinal);
            Volatile.Write(ref _byGroup, groups);
        }

        return groups.GetValueOrDefault(groupId) ?? [];
    }

    /// <summary>The data after a write.</summary>
    /// <param name="version">The version that the write led to.</param>
    /// <param name="groups">Groups that were created or changed.</param>
    /// <param name="entries">Rows that were created or changed; <see langword="null"/> for those that were deleted.</param>
    public SettingsData With(StoredVersion version, IReadOnlyCollection<StoredGroup> groups, IReadOnlyCollection<KeyValuePair<string, SettingEntry?>> entries)
    {
        var newGroups = groups.Count == 0 ? Groups : Sorted(Groups.Where(group => !groups.Any(each => string.Equals(each.Id, group.Id, StringComparison.Ordinal))).Concat(groups));
        var changed = _changed is null ? new Dictionary<string, SettingEntry?>(StringComparer.Ordinal) : new(_changed, StringComparer.Ordinal);
        foreach (var (key, entry) in entries)
        {
            changed[key] = entry;
        }

        var data = new SettingsData(version, newGroups, _loaded, changed);
        return changed.Count <= MostOverlaid ? data : Of(version, newGroups, data.Entries);
    }

    /// <summary>The keys whose rows differ, those that only one side has included.</summary>
    /// <param name="before">One side.</param>
    /// <param name="after">The other.</param>
    /// <param name="isSame">Whether two different rows are the same to a reader.</param>
    public static IReadOnlyList<string> Difference(SettingsData before, SettingsData after, Func<SettingEntry, SettingEntry, bool> isSame)
    {
        if (ReferenceEquals(before, after))
        {
            return [];
        }

        var keys = new List<string>();
        foreach (var key in Candidates(before, after))
        {
            var (old, current) = (before.Find(key), after.Find(key));
            if (!ReferenceEquals(old, current) && (old is null || current is null || !isSame(old, current)))
            {
                keys.Add(key);
            }
        }

        keys.Sort(StringComparer.Ordinal);
        return keys;
    }

    private static IEnumerable<string> Candidates(SettingsData before, SettingsData after) => ReferenceEquals(before._loaded, after._loaded)
        ? Keys(before).Union(Keys(after), StringComparer.Ordinal)
        : before.Entries.Concat(after.Entries).Select(static entry => entry.Key).Distinct(StringComparer.Ordinal);

    private static IEnumerable<string> Keys(SettingsData data) => data._changed?.Keys ?? Enumerable.Empty<string>();

    private static StoredGroup[] Sorted(IEnumerable<StoredGroup> groups)
        => [.. groups.OrderBy(static group => group.SortOrder).ThenBy(static group => group.Name, StringComparer.Ordinal).ThenBy(static group => group.Id, StringComparer.Ordinal)];
}
