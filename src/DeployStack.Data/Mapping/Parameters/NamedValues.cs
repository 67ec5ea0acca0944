namespace DeployStack.Data.Mapping.Parameters;

/// <summary>Values by bare name, gathered from a source that is no plain object.</summary>
internal sealed class NamedValues
{
    private readonly Dictionary<string, object?> values = new(StringComparer.Ordinal);

    /// <summary>Adds a value; a later one of the same name takes its place.</summary>
    public void Set(string name, object? value) => values[ParameterName.Bare(name).ToString()] = value;

    public bool TryGet(ReadOnlySpan<char> name, out object? value)
    {
        if (values.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(name, out value))
        {
            return true;
        }

        foreach (var pair in values)
        {
            if (name.Equals(pair.Key, StringComparison.OrdinalIgnoreCase))
            {
                value = pair.Value;
                return true;
            }
        }

        return false;
    }
}
