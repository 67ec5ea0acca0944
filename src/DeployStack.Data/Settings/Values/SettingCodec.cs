using System.Globalization;

namespace DeployStack.Data.Settings.Values;

/// <summary>How the values of each type stand in the table: as text, the same on every system.</summary>
internal static class SettingCodec
{
    private static readonly Dictionary<Type, object> _codecs = Make();

    /// <summary>E-mail addresses, which are strings in .NET.</summary>
    public static SettingCodec<string> Email { get; } = new(
        SettingType.Email,
        "a plain e-mail address",
        static value => string.IsNullOrEmpty(value) ? string.Empty : EmailText.IsAddress(value) ? value : null,
        static text => (EmailText.IsAddress(text), text));

    public static object? Find(Type type) => _codecs.GetValueOrDefault(type);

    /// <summary>The column <c>type</c> of a kind.</summary>
    public static string NameOf(SettingType type) => type switch
    {
        SettingType.Number => "number",
        SettingType.Boolean => "boolean",
        _ => "string",
    };

    /// <summary>The kind of a column <c>type</c>; what this version does not know is text.</summary>
    public static SettingType TypeOf(string name) => name switch
    {
        "number" => SettingType.Number,
        "boolean" => SettingType.Boolean,
        _ => SettingType.String,
    };

    private static Dictionary<Type, object> Make()
    {
        var codecs = new Dictionary<Type, object>();
        AddClass<string>(codecs, new(
            SettingType.String,
            "a text",
            static value => value is null ? string.Empty : UnicodeText.IsWhole(value) ? value : null,
            static text => (UnicodeText.IsWhole(text), text)));
        AddClass<Uri>(codecs, UrlText.Codec(UrlText.Web));
        Add<bool>(codecs, SettingType.Boolean, "true or false", static value => value ? "true" : "false", BooleanText.Read);
        AddWhole<byte>(codecs);
        AddWhole<short>(codecs);
        AddWhole<int>(codecs);
        AddWhole<uint>(codecs);
        AddWhole<long>(codecs);
        AddWhole<ulong>(codecs);
        Add<float>(codecs, SettingType.Number, "a number", static value => float.IsFinite(value) ? value.ToString("R", CultureInfo.InvariantCulture) : null, NumberText.Single);
        Add<double>(codecs, SettingType.Number, "a number", static value => double.IsFinite(value) ? value.ToString("R", CultureInfo.InvariantCulture) : null, NumberText.Double);
        Add<decimal>(codecs, SettingType.Number, "a number", static value => value.ToString(CultureInfo.InvariantCulture), NumberText.Decimal);
        Add<TimeSpan>(codecs, SettingType.TimeSpan, "a duration (hh:mm:ss)", static value => value.ToString("c", CultureInfo.InvariantCulture), DurationText.Read);
        Add<DateTimeOffset>(codecs, SettingType.String, "a time with its offset (yyyy-MM-ddThh:mm:ss+hh:mm)", DateText.Write, DateText.Time);
        Add<DateOnly>(codecs, SettingType.String, "a date (yyyy-MM-dd)", DateText.Write, DateText.Date);
        Add<TimeOnly>(codecs, SettingType.String, "a time of day (hh:mm:ss)", DateText.Write, DateText.TimeOfDay);
        Add<Guid>(codecs, SettingType.String, "a GUID", static value => value.ToString("D", CultureInfo.InvariantCulture), static text => Guid.TryParse(text, out var value) ? value : null);
        return codecs;
    }

    private static void AddWhole<T>(Dictionary<Type, object> codecs)
        where T : struct, System.Numerics.IBinaryInteger<T>, System.Numerics.IMinMaxValue<T>
        => Add(codecs, SettingType.Number, FormattableString.Invariant($"a whole number from {T.MinValue} to {T.MaxValue}"), static value => value.ToString(null, CultureInfo.InvariantCulture), NumberText.Whole<T>);

    private static void Add<T>(Dictionary<Type, object> codecs, SettingType type, string wanted, Func<T, string?> write, Func<string, T?> read)
        where T : struct
    {
        codecs[typeof(T?)] = new SettingCodec<T?>(type, wanted, value => value is { } some ? write(some) : string.Empty, text => read(text) is { } value ? (true, value) : (false, null));
        AddClass<T>(codecs, new(type, wanted, write, text => read(text) is { } value ? (true, value) : (false, default)));
    }

    private static void AddClass<T>(Dictionary<Type, object> codecs, SettingCodec<T> codec)
    {
        codecs[typeof(T)] = codec;
        codecs[typeof(IReadOnlyList<T>)] = ListText.Codec(codec);
    }
}
