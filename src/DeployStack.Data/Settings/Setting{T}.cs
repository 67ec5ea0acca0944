using DeployStack.Data.Settings.Values;

namespace DeployStack.Data.Settings;

/// <summary>The declaration of one setting.</summary>
/// <typeparam name="T">String, int, long, double, decimal or bool.</typeparam>
/// <example><code>
/// public static readonly Setting&lt;int&gt; Port = new("smtp.port", 587) { Description = "SMTP server port", IsRequired = true };
/// </code></example>
public sealed class Setting<T> : Setting
{
    private static readonly T _none = typeof(T) == typeof(string) ? (T)(object)string.Empty : default!;

    /// <summary>Declares a setting that has no value until one is stored; read before, it is empty, 0 or false.</summary>
    /// <param name="key">1 to 255 letters, digits, <c>.</c>, <c>_</c> and <c>-</c>.</param>
    /// <exception cref="ArgumentException">The key does not fit.</exception>
    /// <exception cref="NotSupportedException">Settings have no such type.</exception>
    public Setting(string key)
        : base(key, SettingCodec<T>.Get().Type, string.Empty) => Default = _none;

    /// <summary>Declares a setting with the value that it is created with.</summary>
    /// <param name="key">1 to 255 letters, digits, <c>.</c>, <c>_</c> and <c>-</c>.</param>
    /// <param name="defaultValue">Also what is read while nothing is stored.</param>
    /// <exception cref="ArgumentException">The key does not fit, or the default cannot be stored.</exception>
    /// <exception cref="NotSupportedException">Settings have no such type.</exception>
    public Setting(string key, T defaultValue)
        : base(key, SettingCodec<T>.Get().Type, SettingCodec<T>.Get().Write(defaultValue) ?? throw new ArgumentException($"The default of the setting '{key}' cannot be stored.", nameof(defaultValue)))
        => Default = defaultValue ?? _none;

    /// <summary>What is read while nothing is stored.</summary>
    public T Default { get; }

    internal override bool Accepts(string text) => SettingCodec<T>.Get().TryRead(text, out _);
}
