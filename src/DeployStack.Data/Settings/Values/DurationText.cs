using System.Globalization;
using System.Xml;

namespace DeployStack.Data.Settings.Values;

/// <summary>Durations as .NET writes them, and as ISO 8601 does.</summary>
internal static class DurationText
{
    public static TimeSpan? Read(string text)
    {
        // a number alone would be days, and meant as seconds
        var duration = text.AsSpan().Trim();
        if (duration.Contains(':') && TimeSpan.TryParseExact(duration, "c", CultureInfo.InvariantCulture, out var value))
        {
            return value;
        }

        if (!duration.TrimStart('-').StartsWith("P", StringComparison.Ordinal) || HasYearsOrMonths(duration))
        {
            return null;
        }

        try
        {
            return XmlConvert.ToTimeSpan(text.Trim());
        }
        catch (Exception error) when (error is FormatException or OverflowException) // there is no form of it that does not throw
        {
            return null;
        }
    }

    // how long they are depends on the day; and "P1M", a month, is mostly meant as "PT1M", a minute
    private static bool HasYearsOrMonths(ReadOnlySpan<char> duration)
        => duration.IndexOf('T') is var time && (time < 0 ? duration : duration[..time]).ContainsAny('Y', 'M');
}
