using System.Globalization;

namespace DeployStack.Data.Settings.Values;

/// <summary>Dates and times of day as ISO 8601 has them; a time without its offset is none.</summary>
internal static class DateText
{
    private const string DateForm = "yyyy-MM-dd";
    private const string TimeOfDayForm = "HH:mm:ss.FFFFFFF";
    private const string TimeForm = "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz";

    private static readonly string[] _timeForms = [TimeForm, "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'"];
    private static readonly string[] _timeOfDayForms = [TimeOfDayForm, "HH:mm"];

    public static string Write(DateOnly value) => value.ToString(DateForm, CultureInfo.InvariantCulture);

    public static string Write(TimeOnly value) => value.ToString(TimeOfDayForm, CultureInfo.InvariantCulture);

    public static string Write(DateTimeOffset value) => value.ToString(TimeForm, CultureInfo.InvariantCulture);

    public static DateOnly? Date(string text)
        => DateOnly.TryParseExact(text.AsSpan().Trim(), DateForm, CultureInfo.InvariantCulture, DateTimeStyles.None, out var value) ? value : null;

    public static TimeOnly? TimeOfDay(string text)
        => TimeOnly.TryParseExact(text.AsSpan().Trim(), _timeOfDayForms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var value) ? value : null;

    public static DateTimeOffset? Time(string text)
        => DateTimeOffset.TryParseExact(text.AsSpan().Trim(), _timeForms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var value) ? value : null;
}
