using DeployStack.Data.Settings.Current;
using DeployStack.Data.Settings.History;
using DeployStack.Data.Settings.Secrets;

namespace DeployStack.Data.Settings.Writing;

/// <summary>Works out what takes a batch back: every setting of it must still be as the batch left it.</summary>
internal sealed class UndoPlan
{
    private readonly SettingsData _data;
    private readonly SettingsBuilder _declared;
    private readonly StoredSecrets _secrets;
    private readonly List<SettingError> _errors = [];

    /// <exception cref="SettingException">Settings were changed since, or cannot be brought back; it lists them.</exception>
    public UndoPlan(long batchId, IReadOnlyList<HistoryChange> changes, string? actor, SettingsData data, SettingsBuilder declared, StoredSecrets secrets, DateTimeOffset now)
    {
        _data = data;
        _declared = declared;
        _secrets = secrets;
        Write = new(data, now) { History = new(actor, $"undo of batch {batchId}") };
        foreach (var change in changes)
        {
            Plan(change, data.Find(change.Key));
        }

        if (_errors.Count > 0)
        {
            throw new SettingException(_errors);
        }
    }

    public PlannedWrite Write { get; }

    private void Plan(HistoryChange change, SettingEntry? entry)
    {
        if (!IsAsLeft(change, entry))
        {
            Refuse(change, DatabaseErrorKind.ExpectationFailed, "was changed since. Its present value stays; undo the later batch first, or set the value");
        }
        else if (change.IsOldHidden)
        {
            Refuse(change, DatabaseErrorKind.SecretUnreadable, "was a secret in plain text before, which the history does not keep. Set the value");
        }
        else if (change.Old is null)
        {
            Write.HoldsSecrets |= change.IsSecret;
            Write.Deleted.Add(new(entry!, change.IsSecret || IsDeclaredSecret(change.Key)));
        }
        else if (FaultOf(change) is { } fault)
        {
            Refuse(change, change.IsOldEncrypted ? DatabaseErrorKind.SecretUnreadable : DatabaseErrorKind.InvalidParameter, fault);
        }
        else
        {
            BringBack(change, change.Old, entry);
        }
    }

    private void BringBack(HistoryChange change, string old, SettingEntry? entry)
    {
        // the flag of a secret is never taken away
        var isEncrypted = change.IsOldEncrypted || entry is { IsEncrypted: true } || IsDeclaredSecret(change.Key);
        Write.HoldsSecrets |= isEncrypted;
        var text = old;
        if (isEncrypted && !string.IsNullOrWhiteSpace(old) && !(change.IsOldEncrypted && IsUnderPresentKey(old)))
        {
            // a rotation that is past this setting would not see what an undo brings back under an earlier key
            text = _secrets.Protect(change.Key, change.IsOldEncrypted ? _secrets.Unprotect(change.Key, old) : old);
            Write.KeyId = _secrets.Protector.CurrentKeyId;
        }

        if (entry is not null)
        {
            Write.Changed.Add(new(change.Key, text, isEncrypted, entry));
        }
        else
        {
            Write.Created.Add(new(change.Key, text, isEncrypted, old: null, Placed(change.Metadata ?? new(string.Empty, null, null))));
        }
    }

    // the group may be gone since: a declared one comes back as well, without another the setting stands in none
    private RowMetadata Placed(RowMetadata metadata)
    {
        if (metadata.GroupId is not { } id || _data.Groups.Concat(Write.CreatedGroups).Any(group => IsId(group.Id)))
        {
            return metadata;
        }

        if (_declared.Groups.FirstOrDefault(group => IsId(group.Id)) is not { } declared)
        {
            return metadata with { GroupId = null };
        }

        Write.CreatedGroups.Add(StoredGroup.Of(declared));
        return metadata;

        bool IsId(string other) => string.Equals(other, id, StringComparison.Ordinal);
    }

    private bool IsUnderPresentKey(string ciphertext)
        => _secrets.Protector.CurrentKeyId is not { } id || string.Equals(_secrets.Protector.KeyIdOf(ciphertext), id, StringComparison.Ordinal);

    private bool IsAsLeft(HistoryChange change, SettingEntry? entry)
    {
        if (change.New is null || entry is null)
        {
            return change.New is null && entry is null;
        }

        return entry.IsEncrypted == change.IsNewEncrypted
            && (entry.IsCiphertext ? _secrets.HoldSame(entry.Key, entry.Text, change.New) : string.Equals(entry.Text, change.New, StringComparison.Ordinal)); // a rotation writes both anew
    }

    private string? FaultOf(HistoryChange change)
    {
        if (!change.IsOldEncrypted)
        {
            return _declared.Settings.GetValueOrDefault(change.Key) is { } setting && change.Old!.Length > 0 && !setting.Accepts(change.Old)
                ? "had a value before that its declaration does not accept any more. Set another one"
                : null;
        }

        if (string.IsNullOrWhiteSpace(change.Old))
        {
            return null;
        }

        try
        {
            _ = _secrets.Unprotect(change.Key, change.Old);
            return null;
        }
        catch (SettingException error) // told together with all that is wrong
        {
            return $"cannot be brought back: {error.Message}";
        }
    }

    private bool IsDeclaredSecret(string key) => _declared.Settings.GetValueOrDefault(key) is { IsSecret: true };

    private void Refuse(HistoryChange change, DatabaseErrorKind kind, string fault) => _errors.Add(new(change.Key, kind, $"'{change.Key}' {fault}."));
}
