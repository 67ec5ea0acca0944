using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text;

namespace DeployStack.Data.Reliability.Leaks;

/// <summary>Everything that is searched: bytes and texts, each with the name of the place where it was found.</summary>
internal sealed class Haystack
{
    private readonly Lock _gate = new();
    private readonly List<(string Place, byte[] Bytes)> _straw = [];

    public void Add(string place, byte[] bytes)
    {
        lock (_gate)
        {
            _straw.Add((place, bytes));
        }
    }

    public void Add(string place, object? value) => Add(place, Encoding.UTF8.GetBytes(Convert.ToString(value, CultureInfo.InvariantCulture) ?? string.Empty));

    /// <summary>An exception with all that hangs on it: properties, data, causes.</summary>
    public void Add(string place, Exception exception)
    {
        Add(place, exception.ToString());
        foreach (DictionaryEntry entry in exception.Data)
        {
            Add($"{place}, Data", $"{entry.Key}={entry.Value}");
        }

        foreach (var property in exception.GetType().GetProperties(BindingFlags.Instance | BindingFlags.Public).Where(static property => property.GetIndexParameters().Length == 0 && property.Name is not "TargetSite"))
        {
            var value = property.GetValue(exception);
            Add($"{place}, {property.Name}", value is IEnumerable list and not string ? string.Join('\n', list.Cast<object>()) : value);
        }

        if (exception.InnerException is { } cause)
        {
            Add($"{place}, caused by", cause);
        }
    }

    public bool Has(string place) => Places.Any(each => each.StartsWith(place, StringComparison.Ordinal));

    /// <summary>Where a canary stands, and in which form.</summary>
    public List<string> Find(Canary canary)
    {
        lock (_gate)
        {
            return [.. _straw.SelectMany(each => canary.FindIn(each.Bytes).Select(form => $"{canary.Name} in {each.Place} ({form})")).Distinct(StringComparer.Ordinal)];
        }
    }

    private List<string> Places
    {
        get
        {
            lock (_gate)
            {
                return _straw.ConvertAll(static each => each.Place);
            }
        }
    }
}
