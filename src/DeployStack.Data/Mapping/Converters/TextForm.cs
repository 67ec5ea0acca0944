using DeployStack.Data.Provider;

namespace DeployStack.Data.Mapping.Converters;

/// <summary>Characters on their way to the engine.</summary>
internal static class TextForm
{
    /// <summary>Binds a text that UTF-8 can hold; half of a surrogate pair would silently come back as another character.</summary>
    public static void Bind(ProviderCommand command, int index, ReadOnlySpan<char> value, Type type)
    {
        var first = value.IndexOfAnyInRange('\ud800', '\udfff');
        if (first >= 0 && !HasWholePairs(value[first..]))
        {
            throw MappingErrors.Value(command, index, type, "it holds half of a surrogate pair, which is no text. Bind the bytes instead");
        }

        command.BindText(index, value);
    }

    private static bool HasWholePairs(ReadOnlySpan<char> value)
    {
        for (var i = 0; i < value.Length; i++)
        {
            if (char.IsSurrogate(value[i]) && (i + 1 == value.Length || !char.IsSurrogatePair(value[i], value[++i])))
            {
                return false;
            }
        }

        return true;
    }
}
