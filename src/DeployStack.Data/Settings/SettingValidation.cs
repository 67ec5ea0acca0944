using System.Numerics;
using System.Text.RegularExpressions;

namespace DeployStack.Data.Settings;

/// <summary>Makes rules for values: <c>new("smtp.port", 587) { Validation = SettingValidation.Range(1, 65535) }</c>.</summary>
public static class SettingValidation
{
    private static readonly TimeSpan _longestMatch = TimeSpan.FromMilliseconds(250);

    /// <summary>A number from a least to a greatest one, both included.</summary>
    /// <typeparam name="T">Int, long, double or decimal.</typeparam>
    /// <param name="least">The least one.</param>
    /// <param name="greatest">The greatest one.</param>
    /// <exception cref="ArgumentException">The range is empty.</exception>
    public static SettingValidation<T> Range<T>(T least, T greatest)
        where T : struct, INumber<T>
        => least <= greatest
            ? new(value => value >= least && value <= greatest ? null : FormattableString.Invariant($"must be from {least} to {greatest}"))
            : throw new ArgumentException($"No number is from {least} to {greatest}.", nameof(greatest));

    /// <summary>A duration from a shortest to a longest one, both included.</summary>
    /// <param name="shortest">The shortest one.</param>
    /// <param name="longest">The longest one.</param>
    /// <exception cref="ArgumentException">The range is empty.</exception>
    public static SettingValidation<TimeSpan> Range(TimeSpan shortest, TimeSpan longest)
        => shortest <= longest
            ? new(value => value >= shortest && value <= longest ? null : $"must be from {shortest:c} to {longest:c}")
            : throw new ArgumentException($"No duration is from {shortest:c} to {longest:c}.", nameof(longest));

    /// <summary>A text of so many UTF-16 characters.</summary>
    /// <param name="least">At least.</param>
    /// <param name="most">At most; no limit by default.</param>
    /// <exception cref="ArgumentException">No text is so long.</exception>
    public static SettingValidation<string> Length(int least, int most = int.MaxValue)
        => least >= 0 && least <= most
            ? new(value => value.Length >= least && value.Length <= most ? null : most == int.MaxValue ? $"must have at least {least} characters" : $"must have from {least} to {most} characters")
            : throw new ArgumentException($"No text has from {least} to {most} characters.", nameof(most));

    /// <summary>A text that a regular expression matches as a whole.</summary>
    /// <param name="pattern">The expression, without anchors. It takes time in proportion to the text where .NET can do that
    /// (<see cref="RegexOptions.NonBacktracking"/>), and at most 250 ms.</param>
    /// <exception cref="ArgumentException">The pattern is no regular expression.</exception>
    public static SettingValidation<string> Pattern(string pattern)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        var expression = Whole(pattern);
        return new(value => expression.IsMatch(value) ? null : $"must match the pattern {pattern}");
    }

    /// <summary>One of some values.</summary>
    /// <typeparam name="T">The type of the setting.</typeparam>
    /// <param name="values">They are named in the message, so they must be no secrets.</param>
    public static SettingValidation<T> OneOf<T>(params IReadOnlyList<T> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        return new(value => values.Contains(value) ? null : $"must be one of {string.Join(", ", values.Select(static each => FormattableString.Invariant($"{each}")))}");
    }

    /// <summary>A rule of the application.</summary>
    /// <typeparam name="T">The type of the setting.</typeparam>
    /// <param name="findFault">Returns <see langword="null"/> for a good value, otherwise what it must be, as the end of a
    /// sentence that begins with "it": <c>must be even</c>. The message is logged and shown: never put the value in.</param>
    public static SettingValidation<T> Must<T>(Func<T, string?> findFault)
    {
        ArgumentNullException.ThrowIfNull(findFault);
        return new(findFault);
    }

    private static Regex Whole(string pattern)
    {
        var anchored = $@"\A(?:{pattern})\z";
        try
        {
            return new(anchored, RegexOptions.CultureInvariant | RegexOptions.NonBacktracking, _longestMatch);
        }
        catch (NotSupportedException) // it looks around or back, which takes the other machine
        {
            return new(anchored, RegexOptions.CultureInvariant, _longestMatch);
        }
    }
}
