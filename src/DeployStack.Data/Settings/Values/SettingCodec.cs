using System.Globalization;
using System.Numerics;

namespace DeployStack.Data.Settings.Values;

/// <summary>How the values of each type stand in the table: as text, the same on every system.</summary>
internal static class SettingCodec
{
    private static readonly Dictionary<Type, object> _codecs = Make();

    /// <summary>E-mail addresses, which are strings in .NET.</summary>
    public static SettingCodec<string> Email { get; } = new(
        SettingType.Email,
        static value => value is null || EmailText.IsAddress(value) || value.Length == 0 ? value ?? string.Empty : null,
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
        var codecs = new Dictionary<Type, object>
        {
            [typeof(string)] = new SettingCodec<string>(
                SettingType.String,
                static value => value ?? string.Empty,
                static text => (true, text)),
            [typeof(Uri)] = new SettingCodec<Uri?>(
                SettingType.Url,
                static value => value is null ? string.Empty : UrlText.IsWebAddress(value) ? value.OriginalString : null,
                static text => Uri.TryCreate(text, UriKind.Absolute, out var value) && UrlText.IsWebAddress(value) ? (true, value) : (false, null)),
        };
        Add<bool>(codecs, SettingType.Boolean, static value => value ? "true" : "false", BooleanText.Read);
        Add<int>(codecs, SettingType.Number, static value => value.ToString(CultureInfo.InvariantCulture), Whole<int>);
        Add<long>(codecs, SettingType.Number, static value => value.ToString(CultureInfo.InvariantCulture), Whole<long>);
        Add<decimal>(codecs, SettingType.Number, static value => value.ToString(CultureInfo.InvariantCulture), Decimal);
        Add<double>(codecs, SettingType.Number, static value => double.IsFinite(value) ? value.ToString("R", CultureInfo.InvariantCulture) : null, static text =>
            double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value) ? value : null);
        Add<TimeSpan>(codecs, SettingType.TimeSpan, static value => value.ToString("c", CultureInfo.InvariantCulture), DurationText.Read);
        AddList<string>(codecs);
        AddList<int>(codecs);
        AddList<long>(codecs);
        AddList<double>(codecs);
        AddList<decimal>(codecs);
        AddList<bool>(codecs);
        AddList<TimeSpan>(codecs);
        return codecs;
    }

    private static void Add<T>(Dictionary<Type, object> codecs, SettingType type, Func<T, string?> write, Func<string, T?> read)
        where T : struct
    {
        codecs[typeof(T)] = new SettingCodec<T>(type, write, text => read(text) is { } value ? (true, value) : (false, default));
        codecs[typeof(T?)] = new SettingCodec<T?>(type, value => value is { } some ? write(some) : string.Empty, text => read(text) is { } value ? (true, value) : (false, null));
    }

    private static void AddList<T>(Dictionary<Type, object> codecs)
    {
        var element = (SettingCodec<T>)codecs[typeof(T)];
        codecs[typeof(IReadOnlyList<T>)] = new SettingCodec<IReadOnlyList<T>?>(
            SettingType.List,
            values => values is null ? string.Empty : ListText.Write(values, element),
            text => ListText.TryRead(text, element, out var values) ? (true, values) : (false, null));
    }

    // "587" and "587.0" are the same whole number; "587.5" is none
    private static T? Whole<T>(string text)
        where T : struct, IBinaryInteger<T>, IMinMaxValue<T>
        => T.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var plain) ? plain
            : Decimal(text) is { } value && value == decimal.Truncate(value) && value >= decimal.CreateChecked(T.MinValue) && value <= decimal.CreateChecked(T.MaxValue)
                ? T.CreateChecked(value)
                : null;

    private static decimal? Decimal(string text)
        => decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : null;
}
