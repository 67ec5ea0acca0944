using System.Globalization;

namespace DeployStack.Data.Settings.Exchange;

/// <summary>Turns a file into one batch over the settings of one snapshot.</summary>
internal sealed class SettingsImport
{
    private readonly SettingsSnapshot _snapshot;
    private readonly ExchangeFile _file;
    private readonly SettingsImportOptions _options;
    private readonly ExchangeCipher? _cipher;
    private readonly SettingsBatch _batch;
    private readonly List<SettingError> _errors = [];
    private readonly List<string> _unknown = [];
    private readonly List<string> _skipped = [];
    private int _unset; // secrets that have no value on either side

    /// <param name="snapshot">The settings as they are.</param>
    /// <param name="file">The file.</param>
    /// <param name="options">How.</param>
    /// <param name="cipher">Decrypts the secrets of the file; <see langword="null"/> where no secret is to be changed.</param>
    /// <exception cref="SettingException">Something of the file does not fit; it lists everything that does not.</exception>
    public SettingsImport(SettingsSnapshot snapshot, ExchangeFile file, SettingsImportOptions options, ExchangeCipher? cipher)
    {
        _snapshot = snapshot;
        _file = file;
        _options = options;
        _cipher = cipher;
        _batch = new(file.Settings.Count)
        {
            Actor = options.Actor,
            Reason = string.Create(CultureInfo.InvariantCulture, $"import of settings exported at {file.ExportedAt:yyyy-MM-dd'T'HH:mm:ss'Z'}"),
        };
        foreach (var setting in file.Settings)
        {
            Add(setting);
        }

        if (options.UnsetMissing)
        {
            AddMissing();
        }

        if (_errors.Count > 0)
        {
            throw new SettingException(_errors);
        }
    }

    public async Task<SettingsImportResult> ApplyAsync(ISettingsStore store, CancellationToken cancellationToken)
    {
        if (_options.DryRun)
        {
            var plan = _snapshot.Plan(_batch);
            return Result(batchId: null, [.. plan.Write.Created.Select(static row => row.Key), .. plan.Write.Changed.Select(static row => row.Key)], plan.Unchanged);
        }

        var written = await store.WriteAsync(_batch, cancellationToken).ConfigureAwait(false);
        return Result(written.BatchId, written.Changed, written.Unchanged);
    }

    private SettingsImportResult Result(long? batchId, IReadOnlyList<string> changed, int unchanged)
    {
        var isNew = changed.ToLookup(key => !_snapshot.Exists(key));
        return new(
            batchId,
            _file.ExportedAt,
            [.. isNew[true].Order(StringComparer.Ordinal)],
            [.. isNew[false].Order(StringComparer.Ordinal)],
            unchanged + _unset,
            _unknown,
            _skipped);
    }

    private void Add(ExchangeSetting setting)
    {
        var isSecret = _snapshot.IsSecret(setting.Key);
        if (isSecret is null && _options.UnknownKeys == UnknownSettings.Skip)
        {
            _unknown.Add(setting.Key);
        }
        else if (setting.IsSecret && isSecret is false)
        {
            // its value would stand in the database in the open
            Refuse(setting.Key, DatabaseErrorKind.InvalidParameter, $"'{setting.Key}' is a secret in the file and none here. Declare it as one.");
        }
        else if ((setting.IsSecret || isSecret is true) && Skips(setting))
        {
            Skip(setting, isSecret);
        }
        else if (ValueOf(setting) is { } value)
        {
            _batch.SetText(setting.Key, value, ExpectedVersion(setting, value));
        }
    }

    // what the file has in the open is no question of the pass phrase: a setting may have become a secret since
    private bool Skips(ExchangeSetting setting) => setting.IsSet ? setting.Value is null && (_cipher is null || setting.Encrypted is null) : _cipher is null;

    private void Skip(ExchangeSetting setting, bool? isSecret)
    {
        if (isSecret is null)
        {
            // the store refuses it along with everything else that is wrong
            _batch.Unset(setting.Key, SettingsBatch.AbsentVersion);
        }
        else if (setting.IsSet || _snapshot.IsSet(setting.Key))
        {
            _skipped.Add(setting.Key);
        }
        else
        {
            _unset++;
        }
    }

    // null where it was refused
    private string? ValueOf(ExchangeSetting setting)
    {
        if (setting.Encrypted is null)
        {
            return setting.IsSet ? setting.Value : string.Empty;
        }

        if (_cipher!.TryDecrypt(setting.Key, setting.Encrypted) is { } plaintext)
        {
            return plaintext;
        }

        Refuse(setting.Key, DatabaseErrorKind.SecretUnreadable, $"The encrypted value of '{setting.Key}' in the file was altered, or belongs to another setting or file. Export it again.");
        return null;
    }

    private string? ExpectedVersion(ExchangeSetting setting, string value)
    {
        if (!_options.ExpectVersions)
        {
            return null;
        }

        // one that is what the file says already is no conflict, as long as it stays so
        var current = _snapshot.Describe(setting.Key);
        return current is not null && Holds(current, value) ? current.Version : setting.Version ?? SettingsBatch.AbsentVersion;
    }

    private bool Holds(SettingValue current, string value)
    {
        if (!current.IsSet || value.Length == 0)
        {
            return !current.IsSet && value.Length == 0;
        }

        if (!current.IsSecret)
        {
            return string.Equals(current.Value, value, StringComparison.Ordinal);
        }

        try
        {
            return string.Equals(_snapshot.Get<string>(current.Key), value, StringComparison.Ordinal);
        }
        catch (SettingException) // a secret that cannot be read is not known to be the same
        {
            return false;
        }
    }

    private void AddMissing()
    {
        var keys = _file.Settings.Select(static setting => setting.Key).ToHashSet(StringComparer.Ordinal);
        foreach (var entry in _snapshot.Entries.Where(entry => entry.IsSet && _file.Scope.Has(entry.Key, entry.GroupId) && !keys.Contains(entry.Key)).OrderBy(static entry => entry.Key, StringComparer.Ordinal))
        {
            if (_cipher is null && _snapshot.IsSecret(entry.Key) is true)
            {
                _skipped.Add(entry.Key);
            }
            else
            {
                _batch.Unset(entry.Key);
            }
        }
    }

    private void Refuse(string key, DatabaseErrorKind kind, string message) => _errors.Add(new(key, kind, message));
}
