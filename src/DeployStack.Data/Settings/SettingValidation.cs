using System.Text.RegularExpressions;
using DeployStack.Data.Settings.Values;

namespace DeployStack.Data.Settings;

/// <summary>Makes rules for values: <c>new("smtp.port", 587) { Validation = SettingValidation.Range(1, 65535) }</c>.</summary>
public static class SettingValidation
{
    private static readonly TimeSpan _longestMatch = TimeSpan.FromMilliseconds(250);

    /// <summary>A value from a least to a greatest one, both included.</summary>
    /// <typeparam name="T">A number, a duration, a date or a time.</typeparam>
    /// <param name="least">The least one.</param>
    /// <param name="greatest">The greatest one.</param>
    /// <exception cref="ArgumentException">The range is empty, or a bound is no value of a setting, as NaN is none.</exception>
    /// <exception cref="NotSupportedException">Settings have no such type.</exception>
    public static SettingValidation<T> Range<T>(T least, T greatest)
        where T : struct, IComparable<T>
    {
        var (from, to) = (Name(least), Name(greatest));
        return least.CompareTo(greatest) <= 0
            ? new(value => value.CompareTo(least) >= 0 && value.CompareTo(greatest) <= 0 ? null : $"must be from {from} to {to}")
            : throw new ArgumentException($"No value is from {from} to {to}.", nameof(greatest));
    }

    /// <summary>A value that is not below a least one.</summary>
    /// <typeparam name="T">A number, a duration, a date or a time.</typeparam>
    /// <param name="least">The least one, included.</param>
    /// <exception cref="ArgumentException">It is no value of a setting, as NaN is none.</exception>
    /// <exception cref="NotSupportedException">Settings have no such type.</exception>
    public static SettingValidation<T> AtLeast<T>(T least)
        where T : struct, IComparable<T>
    {
        var from = Name(least);
        return new(value => value.CompareTo(least) >= 0 ? null : $"must be at least {from}");
    }

    /// <summary>A value that is not above a greatest one.</summary>
    /// <typeparam name="T">A number, a duration, a date or a time.</typeparam>
    /// <param name="greatest">The greatest one, included.</param>
    /// <exception cref="ArgumentException">It is no value of a setting, as NaN is none.</exception>
    /// <exception cref="NotSupportedException">Settings have no such type.</exception>
    public static SettingValidation<T> AtMost<T>(T greatest)
        where T : struct, IComparable<T>
    {
        var to = Name(greatest);
        return new(value => value.CompareTo(greatest) <= 0 ? null : $"must be at most {to}");
    }

    /// <summary>The rule for a setting that can be null: nothing, or a value that fulfils it.</summary>
    /// <typeparam name="T">The type without null.</typeparam>
    /// <param name="rule">The rule for values: <c>SettingValidation.Range(1, 10).OrNull()</c>.</param>
    public static SettingValidation<T?> OrNull<T>(this SettingValidation<T> rule)
        where T : struct
    {
        ArgumentNullException.ThrowIfNull(rule);
        return new(value => value is { } some ? rule.FindFault(some) : null);
    }

    /// <summary>A list of so many elements.</summary>
    /// <typeparam name="T">The type of the elements.</typeparam>
    /// <param name="least">At least.</param>
    /// <param name="most">At most; no limit by default.</param>
    /// <exception cref="ArgumentException">No list is so long.</exception>
    public static SettingValidation<IReadOnlyList<T>> Count<T>(int least, int most = int.MaxValue)
    {
        var size = Size(least, most, "elements");
        return new(value => value.Count >= least && value.Count <= most ? null : size);
    }

    /// <summary>A list in which each element fulfils a rule.</summary>
    /// <typeparam name="T">The type of the elements.</typeparam>
    /// <param name="rule">The rule for one.</param>
    public static SettingValidation<IReadOnlyList<T>> Each<T>(SettingValidation<T> rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        return new(value => value.Select(rule.FindFault).FirstOrDefault(static fault => fault is not null) is { } fault ? $"has an element that does not fit: each {fault}" : null);
    }

    /// <summary>A text of so many UTF-16 characters.</summary>
    /// <param name="least">At least.</param>
    /// <param name="most">At most; no limit by default.</param>
    /// <exception cref="ArgumentException">No text is so long.</exception>
    public static SettingValidation<string> Length(int least, int most = int.MaxValue)
    {
        var size = Size(least, most, "characters");
        return new(value => value.Length >= least && value.Length <= most ? null : size);
    }

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

    /// <summary>A text in which an expression of the application finds a match, such as one that the compiler generated.</summary>
    /// <param name="expression">Taken as it is, hence with anchors where the whole text is meant.</param>
    /// <exception cref="ArgumentException">It has no time limit and may go back (it is not
    /// <see cref="RegexOptions.NonBacktracking"/>): a value could keep a processor busy for ever.</exception>
    public static SettingValidation<string> Pattern(Regex expression)
    {
        ArgumentNullException.ThrowIfNull(expression);
        return expression.MatchTimeout != Regex.InfiniteMatchTimeout || expression.Options.HasFlag(RegexOptions.NonBacktracking)
            ? new(value => expression.IsMatch(value) ? null : $"must match the pattern {expression}")
            : throw new ArgumentException("The expression has no time limit. Give it one (matchTimeoutMilliseconds), or RegexOptions.NonBacktracking.", nameof(expression));
    }

    /// <summary>One of some values.</summary>
    /// <typeparam name="T">The type of the setting.</typeparam>
    /// <param name="values">They are named in the message, so they must be no secrets.</param>
    /// <exception cref="ArgumentException">One of them is no value of a setting.</exception>
    /// <exception cref="NotSupportedException">Settings have no such type.</exception>
    public static SettingValidation<T> OneOf<T>(params IReadOnlyList<T> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        T[] all = [.. values];
        var names = string.Join(", ", all.Select(static each => each is null ? "nothing" : Name(each)));
        return new(value => all.Contains(value) ? null : $"must be one of {names}");
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

    private static string Name<T>(T value)
        => SettingCodec<T>.Get().Write(value) ?? throw new ArgumentException("A value of the rule is none that a setting can have.", nameof(value));

    private static string Size(int least, int most, string what)
        => least < 0 || least > most ? throw new ArgumentException($"Nothing has from {least} to {most} {what}.", nameof(most))
            : most == int.MaxValue ? $"must have at least {least} {what}"
            : least == 0 ? $"must have at most {most} {what}"
            : $"must have from {least} to {most} {what}";

    private static Regex Whole(string pattern)
    {
        _ = new Regex(pattern, RegexOptions.None, _longestMatch); // what is whole only between the anchors is refused: "a)|(b"
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
