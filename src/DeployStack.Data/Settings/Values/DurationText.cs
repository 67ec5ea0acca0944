using System.Globalization;
using System.Xml;

namespace DeployStack.Data.Settings.Values;

/// <summary>Durations as .NET writes them, and as ISO 8601 does.</summary>
internal static class DurationText
{
    public static TimeSpan? Read(string text)
    {
        // a number alone would be days, and meant as seconds
        if (text.Contains(':', StringComparison.Ordinal) && TimeSpan.TryParseExact(text, "c", CultureInfo.InvariantCulture, out var value))
        {
            return value;
        }

        if (!text.AsSpan().TrimStart('-').StartsWith("P", StringComparison.Ordinal))
        {
            return null;
        }

        try
        {
            return XmlConvert.ToTimeSpan(text);
        }
        catch (Exception error) when (error is FormatException or OverflowException) // there is no form of it that does not throw
        {
            return null;
        }
    }
}
