using DeployStack.Data.Provider;

namespace DeployStack.Data.Mapping.Parameters;

/// <summary>Names of parameters without their prefix.</summary>
internal static class ParameterName
{
    public static ReadOnlySpan<char> Bare(ReadOnlySpan<char> name) => name is ['@' or ':' or '$', ..] ? name[1..] : name;

    /// <summary>The bare name of a statement's parameter; positional ones are refused.</summary>
    public static ReadOnlySpan<char> Bare(ProviderCommand command, int index)
    {
        var name = command.GetParameterName(index);
        return name is null or "" or ['?', ..]
            ? throw MappingErrors.Parameters($"Parameter {index + 1} of the statement is positional (?). Values are given by name: write @name.")
            : Bare(name);
    }
}
