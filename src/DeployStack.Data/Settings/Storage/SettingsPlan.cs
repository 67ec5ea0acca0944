using DeployStack.Data.Settings.Values;

namespace DeployStack.Data.Settings.Storage;

/// <summary>What brings a database to the declarations: one statement for each group or setting that is not as declared.</summary>
internal sealed class SettingsPlan
{
    private readonly List<SqlStatement> _statements = [];
    private readonly Dictionary<string, int> _groups = new(StringComparer.Ordinal); // id → its statement, where it is created
    private readonly Dictionary<string, int> _created = new(StringComparer.Ordinal); // key → its statement
    private readonly HashSet<string> _refreshed = new(StringComparer.Ordinal);
    private readonly HashSet<string> _set = new(StringComparer.Ordinal);
    private readonly List<string> _plainSecrets = [];
    private readonly IReadOnlyList<SettingGroup> _declared;

    /// <param name="declared">The declarations.</param>
    /// <param name="groups">The groups of the database.</param>
    /// <param name="settings">The settings of the database.</param>
    /// <param name="now">Seconds of Unix time.</param>
    public SettingsPlan(IReadOnlyList<SettingGroup> declared, IEnumerable<StoredGroup> groups, IEnumerable<StoredSetting> settings, long now)
    {
        _declared = declared;
        var storedGroups = groups.ToDictionary(static group => group.Id, StringComparer.Ordinal);
        var storedSettings = settings.ToDictionary(static setting => setting.Key, StringComparer.Ordinal);
        foreach (var group in declared)
        {
            Plan(group, storedGroups.GetValueOrDefault(group.Id), now);
        }

        foreach (var group in declared)
        {
            foreach (var setting in group.Settings)
            {
                Plan(setting, group.Id, storedSettings.GetValueOrDefault(setting.Key), now);
            }
        }
    }

    /// <summary>Groups first, then settings; empty where everything is as declared.</summary>
    public IReadOnlyList<SqlStatement> Statements => _statements;

    /// <summary>The keys of declared secrets whose values stand in the database as plain text.</summary>
    public IReadOnlyList<string> PlainSecrets => _plainSecrets;

    /// <summary>What happened.</summary>
    /// <param name="rowsAffected">By statement; 0 for a row that another process created at the same time.</param>
    public SettingsResult ToResult(IReadOnlyList<int> rowsAffected)
    {
        return new([.. _declared.Select(group => new SettingGroupResult(
            group.Id,
            IsCreated(_groups, group.Id),
            Keys(group, setting => IsCreated(_created, setting.Key)),
            Keys(group, setting => !IsCreated(_created, setting.Key)),
            Keys(group, setting => _refreshed.Contains(setting.Key)),
            Keys(group, setting => setting.IsRequired && !IsSet(setting))))]);

        bool IsCreated(Dictionary<string, int> statements, string name)
            => statements.TryGetValue(name, out var index) && rowsAffected[index] > 0;
    }

    private static List<string> Keys(SettingGroup group, Func<Setting, bool> condition)
        => [.. group.Settings.Where(condition).Select(static setting => setting.Key)];

    private bool IsSet(Setting setting)
        => _set.Contains(setting.Key) || (_created.ContainsKey(setting.Key) && !string.IsNullOrWhiteSpace(setting.DefaultText));

    private void Plan(SettingGroup group, StoredGroup? stored, long now)
    {
        if (stored is null)
        {
            _groups.Add(group.Id, _statements.Count);
            _statements.Add(SettingsSql.Insert(group, now));
        }
        else if (stored != new StoredGroup(group.Id, group.Name, group.Description, group.Icon, group.SortOrder))
        {
            _statements.Add(SettingsSql.Refresh(group, now));
        }
    }

    private void Plan(Setting setting, string groupId, StoredSetting? stored, long now)
    {
        if (stored is null)
        {
            _created.Add(setting.Key, _statements.Count);
            _statements.Add(SettingsSql.Insert(setting, groupId, now));
            return;
        }

        if (stored.IsSet)
        {
            _set.Add(setting.Key);
        }

        if (setting.IsSecret && stored is { IsSet: true, IsEncrypted: 0 })
        {
            _plainSecrets.Add(setting.Key);
        }

        var declared = stored with
        {
            Type = SettingCodec.NameOf(setting.Type),
            Description = setting.Description,
            GroupId = groupId,
            IsEncrypted = setting.IsSecret && stored.Value.Length == 0 ? 1 : stored.IsEncrypted,
        };
        if (stored != declared)
        {
            _refreshed.Add(setting.Key);
            _statements.Add(SettingsSql.Refresh(setting, groupId, now));
        }
    }
}
