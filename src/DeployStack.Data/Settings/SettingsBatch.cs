using DeployStack.Data.Settings.Current;
using DeployStack.Data.Settings.Values;
using DeployStack.Data.Settings.Writing;

namespace DeployStack.Data.Settings;

/// <summary>Changes of settings that are written together or not at all; not thread-safe.</summary>
/// <example><code>
/// await settings.WriteAsync(new SettingsBatch { Actor = user }.Set(Smtp.Host, "mail.example.com").Set(Smtp.Port, 465).Unset("smtp.username"));
/// </code></example>
public sealed class SettingsBatch
{
    /// <summary>The version of a setting that the database does not have, to be expected of one that is to be new.</summary>
    public const string AbsentVersion = SettingVersion.Absent;

    private readonly List<RequestedChange> _changes;

    /// <summary>Begins an empty batch.</summary>
    public SettingsBatch()
        : this(capacity: 0)
    {
    }

    /// <summary>Begins an empty batch with room for changes.</summary>
    /// <param name="capacity">How many are expected; more are no error.</param>
    public SettingsBatch(int capacity) => _changes = new(capacity);

    /// <summary>Who makes the changes, for the history. Default <see langword="null"/>.</summary>
    public string? Actor { get; init; }

    /// <summary>Why, for the history. Default <see langword="null"/>.</summary>
    public string? Reason { get; init; }

    /// <summary>How many changes it holds.</summary>
    public int Count => _changes.Count;

    internal IReadOnlyList<RequestedChange> Changes => _changes;

    /// <summary>The same changes, whatever becomes of this batch.</summary>
    internal SettingsBatch Copy()
    {
        var copy = new SettingsBatch(Count) { Actor = Actor, Reason = Reason };
        copy._changes.AddRange(_changes);
        return copy;
    }

    /// <summary>Stores a value.</summary>
    /// <typeparam name="T">The type of its values.</typeparam>
    /// <param name="setting">Its declaration.</param>
    /// <param name="value">An empty value unsets the setting.</param>
    /// <param name="expectedVersion">The <see cref="SettingValue.Version"/> that the setting must still have, or
    /// <see cref="AbsentVersion"/>; <see langword="null"/> for any.</param>
    /// <returns>This batch.</returns>
    public SettingsBatch Set<T>(Setting<T> setting, T value, string? expectedVersion = null)
    {
        ArgumentNullException.ThrowIfNull(setting);
        _changes.Add(new(setting.Key, ChangeKind.Set, setting.Codec.Write(value), setting.Type, expectedVersion));
        return this;
    }

    /// <summary>Stores a value by key.</summary>
    /// <typeparam name="T">A type of the declared kind.</typeparam>
    /// <param name="key">A declared setting, or one that the database has.</param>
    /// <param name="value">An empty value unsets the setting.</param>
    /// <param name="expectedVersion">As for the other form.</param>
    /// <returns>This batch.</returns>
    /// <exception cref="NotSupportedException">Settings have no such type.</exception>
    public SettingsBatch Set<T>(string key, T value, string? expectedVersion = null)
    {
        ArgumentNullException.ThrowIfNull(key);
        _changes.Add(new(key, ChangeKind.Set, SettingCodec<T>.Get().Write(value), SettingCodec<T>.Get().Type, expectedVersion));
        return this;
    }

    /// <summary>Stores a value that is given as text, as a form or a file has it.</summary>
    /// <param name="key">A declared setting, or one that the database has.</param>
    /// <param name="text">It is read as the declared type and stored in that type's own form; empty text unsets the setting.</param>
    /// <param name="expectedVersion">As for <see cref="Set{T}(Setting{T}, T, string?)"/>.</param>
    /// <returns>This batch.</returns>
    public SettingsBatch SetText(string key, string text, string? expectedVersion = null)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(text);
        _changes.Add(new(key, ChangeKind.Set, text, Type: null, expectedVersion));
        return this;
    }

    /// <summary>Takes the value of a setting away; the setting stays and is read as its default.</summary>
    /// <param name="key">A declared setting, or one that the database has.</param>
    /// <param name="expectedVersion">As for <see cref="Set{T}(Setting{T}, T, string?)"/>.</param>
    /// <returns>This batch.</returns>
    public SettingsBatch Unset(string key, string? expectedVersion = null)
    {
        ArgumentNullException.ThrowIfNull(key);
        _changes.Add(new(key, ChangeKind.Set, string.Empty, Type: null, expectedVersion));
        return this;
    }

    /// <summary>Deletes the row of a setting. A declared one is created again by the next
    /// <see cref="ISettingsStore.InitializeAsync"/>; one that is not there is no error.</summary>
    /// <param name="key">Its key.</param>
    /// <param name="expectedVersion">As for <see cref="Set{T}(Setting{T}, T, string?)"/>.</param>
    /// <returns>This batch.</returns>
    public SettingsBatch Delete(string key, string? expectedVersion = null)
    {
        ArgumentNullException.ThrowIfNull(key);
        _changes.Add(new(key, ChangeKind.Delete, string.Empty, Type: null, expectedVersion));
        return this;
    }
}
