using System.Collections;
using System.Globalization;
using System.Reflection;

namespace DeployStack.Data.Diagnostics;

/// <summary>Parameters as one line of a debug log.</summary>
internal static class ParameterText
{
    public static string Of(object parameters) => string.Join(", ", Pairs(parameters).Select(static pair => $"{pair.Name}={Show(pair.Value)}"));

    private static IEnumerable<(string Name, object? Value)> Pairs(object parameters) => parameters switch
    {
        IEnumerable<KeyValuePair<string, object?>> pairs => pairs.Select(static pair => (pair.Key, pair.Value)),
        IDictionary dictionary => Entries(dictionary),
        _ => parameters.GetType().GetProperties(BindingFlags.Instance | BindingFlags.Public)
            .Where(static property => property.CanRead && property.GetIndexParameters().Length == 0)
            .Select(property => (property.Name, property.GetValue(parameters))),
    };

    private static IEnumerable<(string Name, object? Value)> Entries(IDictionary dictionary)
    {
        foreach (DictionaryEntry entry in dictionary)
        {
            yield return ($"{entry.Key}", entry.Value);
        }
    }

    private static string Show(object? value) => value switch
    {
        null => "NULL",
        byte[] bytes => $"{bytes.Length} bytes",
        string text => $"'{text}'",
        IEnumerable list => $"[{string.Join(", ", list.Cast<object?>().Select(Show))}]",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? string.Empty,
    };
}
