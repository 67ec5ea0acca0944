using DeployStack.Data.Provider;

namespace DeployStack.Data.Mapping.Parameters.Members;

/// <summary>One readable member of a parameters object.</summary>
internal abstract class MemberAccessor(string name)
{
    public string Name => name;

    /// <summary>Binds the member's value.</summary>
    public abstract void Bind(ProviderCommand command, int index, object source);

    /// <summary>The member's value, boxed; for the slow ways.</summary>
    public abstract object? Get(object source);
}
