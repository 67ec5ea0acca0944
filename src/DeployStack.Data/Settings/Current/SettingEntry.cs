using DeployStack.Data.Settings.Values;

namespace DeployStack.Data.Settings.Current;

/// <summary>A row of <c>globalSettings</c>; immutable, shared by all snapshots in which it is the same.</summary>
/// <param name="key">Its key.</param>
/// <param name="text">The stored text; ciphertext for a secret that has a value.</param>
/// <param name="isEncrypted">Whether the database calls it a secret.</param>
/// <param name="type">The column <c>type</c>.</param>
/// <param name="description">The sentence for people.</param>
/// <param name="groupId">Its group.</param>
/// <param name="updatedAt">Seconds of Unix time.</param>
internal sealed class SettingEntry(string key, string text, bool isEncrypted, string type, string? description, string? groupId, long updatedAt)
{
    private object? _parsed;
    private string? _fingerprint;

    public string Key => key;

    public string Text => text;

    public bool IsEncrypted => isEncrypted;

    public string Type => type;

    public string? Description => description;

    public string? GroupId => groupId;

    public long UpdatedAt => updatedAt;

    /// <summary>Empty and white space count as no value, as DeployStack always had it.</summary>
    public bool IsSet { get; } = !string.IsNullOrWhiteSpace(text);

    /// <summary>Whether the text is ciphertext.</summary>
    public bool IsCiphertext => isEncrypted && IsSet;

    /// <summary>Of the stored content; worked out when it is first asked for.</summary>
    public string Fingerprint => _fingerprint ??= SettingVersion.FingerprintOf(isEncrypted, text);

    /// <summary>Whether both rows hold the same value, whatever describes it.</summary>
    public bool HasValueOf(SettingEntry other) => isEncrypted == other.IsEncrypted && string.Equals(text, other.Text, StringComparison.Ordinal);

    /// <summary>Whether both are described alike, whatever their values.</summary>
    public bool IsDescribedLike(SettingEntry other) => string.Equals(type, other.Type, StringComparison.Ordinal)
        && string.Equals(description, other.Description, StringComparison.Ordinal)
        && string.Equals(groupId, other.GroupId, StringComparison.Ordinal);

    /// <summary>Whether both are the same row in the same state.</summary>
    public bool IsSameAs(SettingEntry other) => updatedAt == other.UpdatedAt && HasValueOf(other) && IsDescribedLike(other);

    public SettingEntry WithValue(string newText, bool newIsEncrypted, long now) => new(key, newText, newIsEncrypted, type, description, groupId, now);

    /// <summary>The text as a value; parsed once where values of the type cannot be changed by who gets them.</summary>
    /// <returns>False if the text is none.</returns>
    public bool TryRead<T>(SettingCodec<T> codec, out T value)
    {
        if (Volatile.Read(ref _parsed) is Parsed<T> parsed && ReferenceEquals(parsed.Codec, codec))
        {
            value = parsed.Value;
            return true;
        }

        if (!codec.TryRead(text, out value))
        {
            return false;
        }

        if (codec.IsImmutable)
        {
            Volatile.Write(ref _parsed, new Parsed<T>(codec, value));
        }

        return true;
    }

    // a value would be printed by a debugger or a log
    public override string ToString() => key;

    private sealed class Parsed<T>(SettingCodec<T> codec, T value)
    {
        public readonly SettingCodec<T> Codec = codec;
        public readonly T Value = value;
    }
}
