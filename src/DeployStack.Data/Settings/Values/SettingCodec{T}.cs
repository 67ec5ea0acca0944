namespace DeployStack.Data.Settings.Values;

/// <summary>How the values of one type are written and read.</summary>
/// <param name="type">Their kind.</param>
/// <param name="wanted">What a text must be, for people.</param>
/// <param name="write">The text; <see langword="null"/> for a value that cannot be stored.</param>
/// <param name="read">Whether a text is a value, and which.</param>
internal sealed class SettingCodec<T>(SettingType type, string wanted, Func<T, string?> write, Func<string, (bool IsValue, T Value)> read)
{
    private static readonly SettingCodec<T>? _instance = (SettingCodec<T>?)SettingCodec.Find(typeof(T)) ?? EnumText.TryMakeCodec<T>();

    /// <exception cref="NotSupportedException">Settings have no such type.</exception>
    public static SettingCodec<T> Get() => _instance
        ?? throw new NotSupportedException($"A setting cannot be of type {typeof(T).Name}. What can be stored is string, numbers, bool, TimeSpan, DateTimeOffset, DateOnly, TimeOnly, Guid, Uri, enumerations, and IReadOnlyList<> of them (that of an enumeration is declared with Setting.List); for anything else declare it with Setting.Json.");

    /// <summary>The one for all; <see langword="null"/> where settings have no such type.</summary>
    public static SettingCodec<T>? TryGet() => _instance;

    public SettingType Type { get; } = type;

    /// <summary>What a text must be to be a value, with an article.</summary>
    public string Wanted { get; } = wanted;

    /// <summary>Whether nobody who gets a value can change it, so that all may get the same one.</summary>
    public bool IsImmutable { get; init; } = true;

    public string? Write(T value) => write(value);

    public bool TryRead(string text, out T value)
    {
        (var isValue, value) = read(text);
        return isValue;
    }
}
