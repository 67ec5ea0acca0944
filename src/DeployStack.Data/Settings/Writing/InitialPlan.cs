using DeployStack.Data.Settings.Current;
using DeployStack.Data.Settings.Secrets;
using DeployStack.Data.Settings.Values;

namespace DeployStack.Data.Settings.Writing;

/// <summary>What brings a database to the declarations: rows that are missing, and what describes the others.</summary>
internal sealed class InitialPlan
{
    private readonly SettingsData _data;
    private readonly SettingsBuilder _declared;
    private readonly StoredSecrets _secrets;
    private readonly HashSet<string> _createdGroups = new(StringComparer.Ordinal);
    private readonly HashSet<string> _created = new(StringComparer.Ordinal);
    private readonly HashSet<string> _refreshed = new(StringComparer.Ordinal);
    private readonly List<string> _plainSecrets = [];

    /// <param name="declared">The declarations.</param>
    /// <param name="data">The settings as they are.</param>
    /// <param name="secrets">Tells ciphertext from plain text.</param>
    /// <param name="now">When it happens.</param>
    /// <param name="pruneBefore">The history before this is deleted along.</param>
    public InitialPlan(SettingsBuilder declared, SettingsData data, StoredSecrets secrets, DateTimeOffset now, DateTimeOffset? pruneBefore)
    {
        _declared = declared;
        _data = data;
        _secrets = secrets;
        Write = new(data, now) { PruneBefore = pruneBefore };
        var stored = data.Groups.ToDictionary(static group => group.Id, StringComparer.Ordinal);
        foreach (var group in declared.Groups)
        {
            Plan(group, stored.GetValueOrDefault(group.Id));
            foreach (var setting in group.Settings)
            {
                Plan(setting, data.Find(setting.Key), group.Id, now.ToUnixTimeSeconds());
            }
        }
    }

    public PlannedWrite Write { get; }

    /// <summary>The keys of declared secrets whose values stand in the database as plain text.</summary>
    public IReadOnlyList<string> PlainSecrets => _plainSecrets;

    public SettingsResult ToResult() => new([.. _declared.Groups.Select(group => new SettingGroupResult(
        group.Id,
        _createdGroups.Contains(group.Id),
        Keys(group, setting => _created.Contains(setting.Key)),
        Keys(group, setting => !_created.Contains(setting.Key)),
        Keys(group, setting => _refreshed.Contains(setting.Key)),
        Keys(group, setting => setting.IsRequired && !IsSet(setting))))]);

    private static List<string> Keys(SettingGroup group, Func<Setting, bool> condition)
        => [.. group.Settings.Where(condition).Select(static setting => setting.Key)];

    private bool IsSet(Setting setting)
        => _created.Contains(setting.Key) ? !string.IsNullOrWhiteSpace(setting.DefaultText) : _data.Find(setting.Key)!.IsSet;

    private void Plan(SettingGroup group, StoredGroup? stored)
    {
        var declared = StoredGroup.Of(group);
        if (stored is null)
        {
            _createdGroups.Add(group.Id);
            Write.CreatedGroups.Add(declared);
        }
        else if (stored != declared)
        {
            Write.ChangedGroups.Add(declared);
        }
    }

    private void Plan(Setting setting, SettingEntry? stored, string groupId, long now)
    {
        if (stored is null)
        {
            _created.Add(setting.Key);
            Write.Created.Add(new(setting.Key, setting.DefaultText, setting.IsSecret, old: null, _declared.MetadataOf(setting)));
            return;
        }

        // a secret stays one; one that stands there as plain text keeps its mark, or it would be read as ciphertext
        var isEncrypted = (setting.IsSecret && (stored.Text.Length == 0 || _secrets.IsCiphertext(stored.Text))) || stored.IsEncrypted;
        if (setting.IsSecret && stored.IsSet && !isEncrypted)
        {
            _plainSecrets.Add(setting.Key);
        }

        var declared = new SettingEntry(setting.Key, stored.Text, isEncrypted, SettingCodec.NameOf(setting.Type), setting.Description, groupId, now);
        if (!stored.HasValueOf(declared) || !stored.IsDescribedLike(declared))
        {
            _refreshed.Add(setting.Key);
            Write.HoldsSecrets |= setting.IsSecret && stored is { IsSet: true, IsEncrypted: false }; // the row moves, with its plain text
            Write.Redescribed.Add(declared);
        }
    }
}
