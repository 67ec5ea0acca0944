namespace DeployStack.Data.Settings.Values;

/// <summary>Members of enumerations by their names, those of flags separated by commas.</summary>
internal static class EnumText
{
    /// <summary>The codec of an enumeration, nullable or not; <see langword="null"/> for another type.</summary>
    public static SettingCodec<T>? TryMakeCodec<T>()
    {
        var type = Nullable.GetUnderlyingType(typeof(T)) ?? typeof(T);
        return type.IsEnum
            ? new(SettingType.Enum, value => value is null ? string.Empty : Write(type, value), text => Read(type, text) is T value ? (true, value) : (false, default!))
            : null;
    }

    // a number that has no name would be written as digits, and read as anything
    private static string? Write(Type type, object value) => Enum.Format(type, value, "F") is var name && IsName(name) ? name : null;

    private static object? Read(Type type, string text)
        => IsName(text) && Enum.TryParse(type, text, ignoreCase: true, out var value) && Write(type, value) is not null ? value : null;

    private static bool IsName(string text) => text.AsSpan().Trim() is { IsEmpty: false } name && !char.IsAsciiDigit(name[0]) && name[0] is not ('-' or '+');
}
