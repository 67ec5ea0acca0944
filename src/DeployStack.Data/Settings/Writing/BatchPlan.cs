using DeployStack.Data.Settings.Current;
using DeployStack.Data.Settings.Secrets;
using DeployStack.Data.Settings.Values;

namespace DeployStack.Data.Settings.Writing;

/// <summary>Works out what a batch changes: everything is checked, and only what differs is written.</summary>
internal sealed class BatchPlan
{
    private readonly SettingsData _data;
    private readonly SettingsBuilder _declared;
    private readonly StoredSecrets _secrets;
    private readonly List<SettingError> _errors = [];
    private readonly HashSet<string> _newGroups = new(StringComparer.Ordinal);

    /// <param name="batch">What is asked for.</param>
    /// <param name="data">The settings as they are.</param>
    /// <param name="declared">The declarations.</param>
    /// <param name="secrets">Encrypts.</param>
    /// <param name="now">When it happens.</param>
    /// <param name="pruneBefore">The history before this is deleted along.</param>
    /// <exception cref="SettingException">Something is wrong; it lists everything that is.</exception>
    public BatchPlan(SettingsBatch batch, SettingsData data, SettingsBuilder declared, StoredSecrets secrets, DateTimeOffset now, DateTimeOffset? pruneBefore)
    {
        _data = data;
        _declared = declared;
        _secrets = secrets;
        var areNew = data.Count == 0; // most likely all or none are
        Write = new(data, now)
        {
            Created = new(areNew ? batch.Count : 0),
            Changed = new(areNew ? 0 : batch.Count),
            History = new(batch.Actor, batch.Reason),
            PruneBefore = pruneBefore,
        };
        var seen = new HashSet<string>(batch.Count > 1 ? batch.Count : 0, StringComparer.Ordinal);
        foreach (var change in batch.Changes)
        {
            if (batch.Count > 1 && !seen.Add(change.Key))
            {
                Refuse(change.Key, DatabaseErrorKind.InvalidParameter, $"'{change.Key}' is changed twice in one batch.");
            }
            else if (Find(change) is var (entry, setting) && (entry is not null || setting is not null || change.Kind == ChangeKind.Delete))
            {
                Plan(change, entry, setting);
            }
        }

        if (_errors.Count > 0)
        {
            throw new SettingException(_errors);
        }
    }

    public PlannedWrite Write { get; }

    /// <summary>How many changes ask for what is there.</summary>
    public int Unchanged { get; private set; }

    private (SettingEntry? Entry, Setting? Setting) Find(RequestedChange change)
    {
        var entry = _data.Find(change.Key);
        var setting = _declared.Settings.GetValueOrDefault(change.Key);
        if (entry is null && setting is null && change.Kind == ChangeKind.Set)
        {
            Refuse(change.Key, DatabaseErrorKind.InvalidParameter, $"'{change.Key}' is neither declared nor in the database, so its type is unknown. Declare it in a SettingGroup and add that with AddSettings.");
        }

        return (entry, setting);
    }

    private void Plan(RequestedChange change, SettingEntry? entry, Setting? setting)
    {
        var isSecret = entry is { IsEncrypted: true } || setting is { IsSecret: true };
        if (change.ExpectedVersion is { } expected && !string.Equals(expected, SettingVersion.Of(entry, isSecret), StringComparison.Ordinal))
        {
            Refuse(change.Key, DatabaseErrorKind.ExpectationFailed, $"'{change.Key}' has another version than the expected one: somebody else changed it. Read it again and decide anew.");
        }
        else if (change.Kind == ChangeKind.Delete)
        {
            Delete(entry, isSecret);
        }
        else if (TextOf(change, entry, setting, isSecret) is { } text)
        {
            Set(change.Key, text, entry, setting, isSecret);
        }
    }

    private void Delete(SettingEntry? entry, bool isSecret)
    {
        if (entry is null)
        {
            Unchanged++;
            return;
        }

        Write.HoldsSecrets |= isSecret;
        Write.Deleted.Add(new(entry, isSecret));
    }

    // null where it was refused
    private string? TextOf(RequestedChange change, SettingEntry? entry, Setting? setting, bool isSecret)
    {
        // white space is no value, and as ciphertext it could not be told from one
        if (change.Text is { Length: 0 } || (isSecret && change.Text is not null && string.IsNullOrWhiteSpace(change.Text)))
        {
            return string.Empty;
        }

        var type = setting?.Type ?? SettingCodec.TypeOf(entry!.Type);
        var (text, fault) = SettingText.Check(change, setting, type);
        if (fault is null)
        {
            return text;
        }

        Refuse(change.Key, DatabaseErrorKind.InvalidParameter, $"'{change.Key}' {fault}.");
        return null;
    }

    private void Set(string key, string text, SettingEntry? entry, Setting? setting, bool isSecret)
    {
        if (entry is not null && IsSame(entry, text, isSecret))
        {
            Unchanged++;
            return;
        }

        if (isSecret)
        {
            Write.HoldsSecrets = true;
            if (text.Length > 0)
            {
                if (Protect(key, text) is not { } ciphertext)
                {
                    return;
                }

                text = ciphertext;
            }
        }

        if (entry is not null)
        {
            Write.Changed.Add(new(key, text, isSecret, entry));
            return;
        }

        var groupId = _declared.GroupOf(key);
        Write.Created.Add(new(key, text, isSecret, old: null, _declared.MetadataOf(setting!)));
        if (_newGroups.Add(groupId) && !_data.Groups.Any(group => string.Equals(group.Id, groupId, StringComparison.Ordinal)))
        {
            Write.CreatedGroups.Add(StoredGroup.Of(_declared.Groups.First(group => string.Equals(group.Id, groupId, StringComparison.Ordinal))));
        }
    }

    private bool IsSame(SettingEntry entry, string text, bool isSecret)
    {
        if (!isSecret || !entry.IsSet || text.Length == 0)
        {
            return string.Equals(entry.Text, text, StringComparison.Ordinal) && entry.IsEncrypted == isSecret;
        }

        // in its own format only: what another wrote is written again, and so is plain text
        return entry.IsEncrypted && _secrets.Protector.IsProtected(entry.Text)
            && string.Equals(_secrets.Protector.KeyIdOf(entry.Text), _secrets.Protector.CurrentKeyId, StringComparison.Ordinal)
            && _secrets.IsCiphertextOf(entry.Key, entry.Text, text);
    }

    private string? Protect(string key, string text)
    {
        try
        {
            var ciphertext = _secrets.Protect(key, text);
            Write.KeyId = _secrets.Protector.CurrentKeyId;
            return ciphertext;
        }
        catch (SettingException error) // told together with all that is wrong
        {
            Refuse(key, error.Kind, error.Message);
            return null;
        }
    }

    private void Refuse(string key, DatabaseErrorKind kind, string message) => _errors.Add(new(key, kind, message));
}
