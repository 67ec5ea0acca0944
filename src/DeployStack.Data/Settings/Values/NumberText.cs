using System.Globalization;
using System.Numerics;

namespace DeployStack.Data.Settings.Values;

/// <summary>Numbers with a point, in no culture's own form.</summary>
internal static class NumberText
{
    /// <summary>"587" and "587.0" are the same whole number; "587.5" is none.</summary>
    public static T? Whole<T>(string text)
        where T : struct, IBinaryInteger<T>, IMinMaxValue<T>
        => T.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var plain) ? plain
            : Decimal(text) is { } value && value == decimal.Truncate(value) && value >= decimal.CreateChecked(T.MinValue) && value <= decimal.CreateChecked(T.MaxValue)
                ? T.CreateChecked(value)
                : null;

    public static decimal? Decimal(string text)
        => decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : null;

    public static double? Double(string text)
        => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value) ? value : null;

    public static float? Single(string text)
        => float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && float.IsFinite(value) ? value : null;
}
