using System.Text.RegularExpressions;

namespace DeployStack.Data.Sqlite.Errors;

/// <summary>Makes a text of SQLite's fit for a message: its own words stay, everything else could be a value.</summary>
internal static partial class SafeText
{
    private const string Hidden = "…";

    /// <summary>The text with everything replaced that is neither one of SQLite's own words nor a name in the SQL.</summary>
    /// <param name="text">What SQLite said, or an application's function.</param>
    /// <param name="sql">The statement, whose bare words are names or keywords.</param>
    public static string Of(string text, string? sql = null)
    {
        var names = sql is null ? null : SqlText.Words(sql);
        var safe = Word().Replace(Quoted().Replace(text, Hidden), word => word.Groups["count"].Success || SqliteWords.Contains(word.Value) || names?.Contains(word.Value) == true ? word.Value : Hidden);
        return Repeated().Replace(safe, Hidden);
    }

    // From the first quotation mark to the last of its kind: what is quoted can hold quotation marks itself.
    [GeneratedRegex("""
        "(.*"|.*$)|'(.*'|.*$)|`(.*`|.*$)|\[(.*\]|.*$)
        """, RegexOptions.Singleline | RegexOptions.ExplicitCapture | RegexOptions.IgnorePatternWhitespace, 1000)]
    private static partial Regex Quoted();

    // A number is safe only where SQLite counts: "table t has 3 columns but 2 values were supplied".
    [GeneratedRegex(@"\b(?<count>\d{1,5})(?= (columns?|values?|terms?)\b)|[\p{L}\p{N}_$]+", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Word();

    [GeneratedRegex("…(\\W{0,2}…)+", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Repeated();
}
