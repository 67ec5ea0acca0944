namespace DeployStack.Data.Settings.Values;

/// <summary>Members of enumerations by their names, those of flags separated by commas; never a number, which a later version
/// of the enumeration would read as something else.</summary>
internal static class EnumText
{
    private const int MaxNamesTold = 16;

    /// <summary>The codec of an enumeration, nullable or not; <see langword="null"/> for another type.</summary>
    public static SettingCodec<T>? TryMakeCodec<T>()
    {
        var type = Nullable.GetUnderlyingType(typeof(T)) ?? typeof(T);
        if (!type.IsEnum)
        {
            return null;
        }

        var isFlags = type.IsDefined(typeof(FlagsAttribute), inherit: false);
        var members = new Members<T>(type);
        var names = Enum.GetNames(type);
        var told = string.Join(", ", names.Take(MaxNamesTold)) + (names.Length > MaxNamesTold ? " …" : string.Empty);
        return new(
            SettingType.Enum,
            isFlags ? $"some of {told}, separated by commas" : $"one of {told}",
            value => value is null ? string.Empty : Write(type, value, isFlags),
            text => members.Find(text.Trim(), out var value) || (isFlags && members.Combine(text, out value)) ? (true, value) : (false, default!));
    }

    // what has no name would be written as digits
    private static string? Write(Type type, object value, bool isFlags)
        => Enum.GetName(type, value) ?? (isFlags && Enum.Format(type, value, "F") is var names && !char.IsAsciiDigit(names[0]) && names[0] != '-' ? names : null);

    /// <summary>The names, each boxed once; a name in another case counts where none is the same.</summary>
    private sealed class Members<T>
    {
        private readonly Type _type;
        private readonly Dictionary<string, T> _exact = new(StringComparer.Ordinal);
        private readonly Dictionary<string, T> _anyCase = new(StringComparer.OrdinalIgnoreCase);

        public Members(Type type)
        {
            _type = type;
            foreach (var name in Enum.GetNames(type))
            {
                var value = (T)Enum.Parse(type, name);
                _exact.Add(name, value);
                _anyCase.TryAdd(name, value);
            }
        }

        public bool Find(string name, out T value) => _exact.TryGetValue(name, out value!) || _anyCase.TryGetValue(name, out value!);

        // without [Flags], "Monday, Tuesday" would be Wednesday
        public bool Combine(string text, out T value)
        {
            value = default!;
            if (!text.Split(',').All(name => Find(name.Trim(), out _)) || !Enum.TryParse(_type, text, ignoreCase: true, out var combined))
            {
                return false;
            }

            value = (T)combined;
            return true;
        }
    }
}
