using DeployStack.Data.Settings.Values;

namespace DeployStack.Data.Settings;

/// <summary>The declaration of one setting.</summary>
/// <typeparam name="T">String; byte, short, int, uint, long, ulong, float, double, decimal; bool; TimeSpan, DateTimeOffset,
/// DateOnly, TimeOnly; Guid; Uri; an enumeration; all of them nullable or not; IReadOnlyList of all but the last. For e-mail
/// addresses, other schemes, lists of enumerations and JSON see <see cref="Setting"/>.</typeparam>
/// <example><code>
/// public static readonly Setting&lt;int&gt; Port = new("smtp.port", 587) { Description = "SMTP server port", Validation = SettingValidation.Range(1, 65535) };
/// </code></example>
public sealed class Setting<T> : Setting
{
    private static readonly T _none = typeof(T) == typeof(string) ? (T)(object)string.Empty : default!;

    private readonly T _default;

    /// <summary>Declares a setting that has no value until one is stored; read before, it is empty, 0 or false.</summary>
    /// <param name="key">1 to 255 letters, digits, <c>.</c>, <c>_</c> and <c>-</c>.</param>
    /// <exception cref="ArgumentException">The key does not fit.</exception>
    /// <exception cref="NotSupportedException">Settings have no such type.</exception>
    public Setting(string key)
        : base(key, SettingCodec<T>.Get().Type, string.Empty)
    {
        Codec = SettingCodec<T>.Get();
        _default = _none;
    }

    /// <summary>Declares a setting with the value that it is created with.</summary>
    /// <param name="key">1 to 255 letters, digits, <c>.</c>, <c>_</c> and <c>-</c>.</param>
    /// <param name="defaultValue">Also what is read while nothing is stored.</param>
    /// <exception cref="ArgumentException">The key does not fit, or the default cannot be stored.</exception>
    /// <exception cref="NotSupportedException">Settings have no such type.</exception>
    public Setting(string key, T defaultValue)
        : this(key, defaultValue, SettingCodec<T>.Get())
    {
    }

    internal Setting(string key, T defaultValue, SettingCodec<T> codec)
        : base(key, codec.Type, codec.Write(defaultValue) ?? throw new ArgumentException($"The default of the setting '{key}' cannot be stored.", nameof(defaultValue)))
    {
        Codec = codec;
        _default = DefaultText.Length == 0 ? _none : codec.TryRead(DefaultText, out var own) ? own // the caller could change what it gave
            : throw new ArgumentException($"The default of the setting '{key}' is not read again as it was stored.", nameof(defaultValue));
    }

    /// <summary>What is read while nothing is stored. A list cannot be changed; of what is kept as JSON, each reading gives an
    /// object of its own.</summary>
    public T Default => Codec.IsImmutable || DefaultText.Length == 0 || !Codec.TryRead(DefaultText, out var own) ? _default : own;

    /// <summary>What a value must fulfil besides its type. Default <see langword="null"/>: nothing.</summary>
    public SettingValidation<T>? Validation { get; init; }

    /// <summary>Writes and reads the values.</summary>
    internal SettingCodec<T> Codec { get; }

    internal override string? FindFault(string text) => Codec.TryRead(text, out var value)
        ? Validation?.FindFault(value) is { } rule ? $"was given a value that is not allowed: it {rule}" : null
        : $"was given a value that does not fit: it must be {Codec.Wanted}";

    internal override string? Normalise(string text) => Codec.TryRead(text, out var value) ? Codec.Write(value) : null;
}
