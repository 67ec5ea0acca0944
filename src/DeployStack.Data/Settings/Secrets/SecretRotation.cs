using DeployStack.Data.Settings.Current;
using DeployStack.Data.Settings.History;
using DeployStack.Data.Settings.Storage;
using DeployStack.Data.Settings.Writing;

namespace DeployStack.Data.Settings.Secrets;

/// <summary>Encrypts all secrets under the present key, step by step; what is left to do is seen in the rows themselves, so
/// it can be stopped and begun again.</summary>
internal sealed class SecretRotation(SettingsTables tables, CurrentSettings current, SettingsWriter writer, SettingsBuilder declared, StoredSecrets secrets) : ISettingSecrets
{
    private const string AnySecret = "*";
    private const int StepSize = 200;
    private const int PageSize = 20; // parts of the history
    private const int StepParts = 20;

    public async Task<SettingSecretsStatus> GetStatusAsync(CancellationToken cancellationToken = default)
    {
        var data = await current.GetDataAsync(cancellationToken).ConfigureAwait(false);
        var keys = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var foreign = 0;
        foreach (var entry in data.Entries.Where(static entry => entry.IsCiphertext))
        {
            Count(entry.Text);
        }

        await foreach (var part in ReadHistoryAsync(cancellationToken).ConfigureAwait(false))
        {
            foreach (var text in HistoryText.Read(part).SelectMany(Ciphertexts))
            {
                Count(text);
            }
        }

        return new(
            secrets.Protector.CurrentKeyId,
            keys,
            foreign,
            [.. data.Entries.Where(IsPlain).Select(static entry => entry.Key).Order(StringComparer.Ordinal)],
            [.. data.Entries.Where(entry => entry.IsCiphertext && secrets.TryUnprotect(entry.Key, entry.Text) is null).Select(static entry => entry.Key).Order(StringComparer.Ordinal)]);

        void Count(string text)
        {
            if (secrets.Protector.KeyIdOf(text) is { } id)
            {
                keys[id] = keys.GetValueOrDefault(id) + 1;
            }
            else
            {
                foreign++;
            }
        }
    }

    public async Task<SecretRotationResult> RotateAsync(IProgress<SecretRotationResult>? progress = null, CancellationToken cancellationToken = default)
    {
        if (secrets.Protector.CurrentKeyId is null)
        {
            _ = secrets.Protect(AnySecret, string.Empty); // says how to set a key
        }

        var (settings, history) = (0, 0);
        var unreadable = new SortedSet<string>(StringComparer.Ordinal);
        for (var step = -1; step != 0;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            step = await RotateSettingsAsync(unreadable, cancellationToken).ConfigureAwait(false);
            settings += step;
            progress?.Report(new(settings, history, [.. unreadable]));
        }

        var data = await current.GetDataAsync(cancellationToken).ConfigureAwait(false);

        // a part is often one change, and a durable commit costs as much as many of them
        var updates = new List<SqlStatement>(StepParts);
        await foreach (var part in ReadHistoryAsync(cancellationToken).ConfigureAwait(false))
        {
            var (update, rotated) = Rotate(part, data, unreadable);
            history += rotated;
            if (update is not null)
            {
                updates.Add(update);
            }

            if (updates.Count == StepParts)
            {
                await ExecuteAsync().ConfigureAwait(false);
            }
        }

        await ExecuteAsync().ConfigureAwait(false);
        return new(settings, history, [.. unreadable]);

        async Task ExecuteAsync()
        {
            if (updates.Count == 0)
            {
                return;
            }

            cancellationToken.ThrowIfCancellationRequested();
            await tables.ExecuteAsync(updates, holdsSecrets: true, cancellationToken).ConfigureAwait(false);
            updates.Clear();
            progress?.Report(new(settings, history, [.. unreadable]));
        }
    }

    private static IEnumerable<string> Ciphertexts(HistoryChange change)
    {
        if (change is { IsOldEncrypted: true, Old: { } old } && !string.IsNullOrWhiteSpace(old))
        {
            yield return old;
        }

        if (change is { IsNewEncrypted: true, New: { } text } && !string.IsNullOrWhiteSpace(text))
        {
            yield return text;
        }
    }

    private bool IsPlain(SettingEntry entry) => entry is { IsEncrypted: false, IsSet: true } && declared.Settings.GetValueOrDefault(entry.Key) is { IsSecret: true };

    private bool IsDue(string ciphertext) => !string.Equals(secrets.Protector.KeyIdOf(ciphertext), secrets.Protector.CurrentKeyId, StringComparison.Ordinal);

    private async Task<int> RotateSettingsAsync(SortedSet<string> unreadable, CancellationToken cancellationToken)
    {
        var write = await writer.WriteAsync((data, now) => Plan(data, now, unreadable), static write => write, cancellationToken).ConfigureAwait(false);
        return write.Changed.Count;
    }

    private PlannedWrite Plan(SettingsData data, DateTimeOffset now, SortedSet<string> unreadable)
    {
        var write = new PlannedWrite(data, now) { HoldsSecrets = true, KeyId = secrets.Protector.CurrentKeyId };
        foreach (var entry in data.Entries.Where(entry => IsPlain(entry) || (entry.IsCiphertext && IsDue(entry.Text))))
        {
            var plaintext = entry.IsEncrypted || secrets.IsCiphertext(entry.Text) ? secrets.TryUnprotect(entry.Key, entry.Text) : entry.Text;
            if (plaintext is null)
            {
                unreadable.Add(entry.Key);
                continue;
            }

            var ciphertext = secrets.Protect(entry.Key, plaintext);
            if (IsDue(ciphertext))
            {
                throw new SettingException(DatabaseErrorKind.SecretUnreadable, entry.Key, "The ISettingProtector does not name its present key in what it encrypts (KeyIdOf and CurrentKeyId differ), so nobody can tell which secrets are left to be rotated. Nothing of this step was written.");
            }

            write.Changed.Add(new(entry.Key, ciphertext, isEncrypted: true, entry));
            if (write.Changed.Count == StepSize)
            {
                break;
            }
        }

        return write;
    }

    // nobody else writes a part again but another rotation, whose work is as good
    private (SqlStatement? Update, int Rotated) Rotate(StoredHistory part, SettingsData data, SortedSet<string> unreadable)
    {
        var rotated = 0;
        var text = new HistoryWriter();
        text.Begin();
        foreach (var change in HistoryText.Read(part))
        {
            var isSecret = declared.IsSecret(change.Key, data.Find(change.Key)); // and may have become one since
            var (old, isOldEncrypted) = Rotate(change.IsOldEncrypted, change.Old);
            var (@new, isNewEncrypted) = Rotate(change.IsNewEncrypted, change.New);
            text.Append(change with { Old = old, IsOldEncrypted = isOldEncrypted, New = @new, IsNewEncrypted = isNewEncrypted });

            (string? Text, bool IsEncrypted) Rotate(bool isEncrypted, string? stored)
            {
                if (string.IsNullOrWhiteSpace(stored) || (isEncrypted ? !IsDue(stored) : !isSecret))
                {
                    return (stored, isEncrypted);
                }

                if ((isEncrypted ? secrets.TryUnprotect(change.Key, stored) : stored) is not { } plaintext)
                {
                    unreadable.Add(change.Key);
                    return (stored, isEncrypted);
                }

                rotated++;
                return (secrets.Protect(change.Key, plaintext), true);
            }
        }

        return rotated == 0 ? (null, 0)
            : (new(SettingsSql.UpdateHistory, new { changes = text.End().ToString(), batch = part.Batch, part = part.Part, before = part.Changes }), rotated);
    }

    private async IAsyncEnumerable<StoredHistory> ReadHistoryAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (batch, number) = (long.MaxValue, 0L);
        while (true)
        {
            var page = await tables.FindHistoryAsync(
                """
                WHERE "batch" < @batch OR ("batch" = @batch AND "part" > @number) ORDER BY "batch" DESC, "part" LIMIT @limit
                """,
                new { batch, number, limit = (long)PageSize },
                cancellationToken).ConfigureAwait(false);
            foreach (var part in page)
            {
                (batch, number) = (part.Batch, part.Part);
                yield return part;
            }

            if (page.Count < PageSize)
            {
                yield break;
            }
        }
    }
}
